from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "br": (
            "LGPD Art. 8, § 5",
            "LGPD Art. 18, IX",
        )
    },
    languages=("en", "es"),
)
def br_withdrawal_missing(page: LegalPage) -> Item:
    """The policy speaks of consent but not of withdrawing it.

    Why: Consent can be revoked at any time, free and easily. Asked only where the text is of consent.

    Fix: Say how consent is revoked.
    """
    return said(page, "br", "withdrawal")
