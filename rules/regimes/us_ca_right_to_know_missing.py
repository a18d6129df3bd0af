from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.110",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(A)",
        )
    },
    languages=("en", "es"),
)
def us_ca_right_to_know_missing(page: LegalPage) -> Item:
    """The policy does not tell the right to know which personal information the shop has.

    Why: Californians may ask for what was collected, from where, why, and who received it, and for a copy.

    Fix: Explain the right to know and to get a copy.
    """
    return said(page, "us_ca", "right_to_know")
