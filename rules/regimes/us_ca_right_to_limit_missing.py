from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.121",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(E)",
        )
    },
    languages=("en", "es"),
    beside=("do-not-sell",),
)
def us_ca_right_to_limit_missing(page: LegalPage) -> Item:
    """The policy speaks of sensitive personal information but not of the right to limit its use.

    Why: Who uses sensitive information for more than the order must let people limit that; who does not may say so
    instead.

    Fix: Explain the right to limit and name the link “Limit the Use of My Sensitive Personal Information”; or say that
    you use it for no such purpose.
    """
    return said(page, "us_ca", "right_to_limit")
