from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.130(a)(5)(C)(i)",
            "Cal. Code Regs. tit. 11, § 7011(e)(1)(D)",
        )
    },
    languages=("en", "es"),
    beside=("do-not-sell",),
)
def us_ca_sale_statement_missing(page: LegalPage) -> Item:
    """The policy does not say whether personal information is sold or shared.

    Why: A shop must say so either way: which categories it sold or shared in the last twelve months, or that it did
    neither. Sharing is giving data away for advertising across sites.

    Fix: State for each category whether it was sold or shared, or that none was.
    """
    return said(page, "us_ca", "sale")
