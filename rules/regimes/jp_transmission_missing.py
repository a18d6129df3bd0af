from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="notice",
    articles={"jp": ("Telecommunications Business Act Art. 27-12",)},
    languages=("ja", "en"),
    beside=("cookies",),
)
def jp_transmission_missing(page: LegalPage) -> Item:
    """The policy speaks of analytics or advertising tags but not of what they transmit to whom.

    Why: Services that fall under the Telecommunications Business Act tell for each tag what is sent, to whom and why.

    Fix: Add a table: what is transmitted, the recipient, the purpose.
    """
    return said(page, "jp", "transmission")
