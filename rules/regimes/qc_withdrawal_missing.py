from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 8",)},
    languages=("fr", "en"),
)
def qc_withdrawal_missing(page: LegalPage) -> Item:
    """The policy does not tell the right to withdraw consent.

    Why: The right to withdraw consent to communication or use is told when information is collected.

    Fix: Say how consent is withdrawn.
    """
    return said(page, "qc", "withdrawal")
