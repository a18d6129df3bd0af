from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Code Regs. tit. 11, § 7011(e)(4)",
            "Cal. Bus. & Prof. Code § 22575(b)(4)",
        )
    },
    languages=("en", "es"),
)
def us_ca_date_missing(page: LegalPage) -> Item:
    """The policy does not say when it was last updated.

    Why: The policy must be updated every twelve months, and the date proves it.

    Fix: Put the date of the last update at the top.
    """
    return said(page, "us_ca", "date")
