from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.130(a)(5)(B)",
            "Cal. Code Regs. tit. 11, § 7011(e)(1)(A)",
        )
    },
    languages=("en", "es"),
)
def us_ca_categories_missing(page: LegalPage) -> Item:
    """The policy does not list the categories of personal information that the shop collected.

    Why: Californians may compare a shop's habits by the categories of the law (identifiers, commercial information,
    internet activity and so on), of the last twelve months.

    Fix: List the categories that you collected in the last twelve months, each with examples.
    """
    return said(page, "us_ca", "categories")
