from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"kr": ("PIPA Art. 30(1)7",)},
    languages=("ko", "en"),
    beside=("cookies",),
)
def kr_cookies_missing(page: LegalPage) -> Item:
    """The policy does not say how to refuse cookies and other devices that collect by themselves.

    Why: Whoever installs such devices must tell how they work and how to refuse them.

    Fix: Explain what cookies are used for and how to refuse them; or say that you use none.
    """
    return said(page, "kr", "cookies")
