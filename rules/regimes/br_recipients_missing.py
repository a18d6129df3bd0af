from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"br": ("LGPD Art. 9, V",)},
    languages=("en", "es"),
)
def br_recipients_missing(page: LegalPage) -> Item:
    """The policy does not say with whom personal data are shared and why.

    Why: Shared use and its purpose are to be told.

    Fix: Name the recipients with the purpose, or say that there are none.
    """
    return said(page, "br", "recipients")
