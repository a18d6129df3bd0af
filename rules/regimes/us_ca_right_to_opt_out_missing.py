from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.120(b)",
            "Cal. Civ. Code § 1798.135(a)",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(D)",
        )
    },
    languages=("en", "es"),
    beside=("do-not-sell",),
)
def us_ca_right_to_opt_out_missing(page: LegalPage) -> Item:
    """The policy does not tell the right to opt out of the sale or sharing of personal information.

    Why: Who sells or shares data must say how to stop it, by a link called “Do Not Sell or Share My Personal
    Information” or “Your Privacy Choices”. Shops that do neither, and say so, owe nothing here.

    Fix: Explain the right and name the link; or say, if true, that you neither sell nor share.
    """
    return said(page, "us_ca", "right_to_opt_out")
