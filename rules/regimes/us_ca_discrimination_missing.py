from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.125",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(F)",
        )
    },
    languages=("en", "es"),
)
def us_ca_discrimination_missing(page: LegalPage) -> Item:
    """The policy does not say that nobody is treated worse for using the rights.

    Why: Nobody shall pay with worse prices or service for a request.

    Fix: Add that nobody is discriminated or retaliated against for using the rights.
    """
    return said(page, "us_ca", "discrimination")
