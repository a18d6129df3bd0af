from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.130(a)(5)(C)",
            "Cal. Code Regs. tit. 11, § 7011(e)(1)(E)",
        )
    },
    languages=("en", "es"),
)
def us_ca_recipients_missing(page: LegalPage) -> Item:
    """The policy does not say to which categories of third parties personal information is disclosed.

    Why: What is disclosed, sold or shared, and to whom, is a list of its own in the law; “our partners” alone does not
    fill it.

    Fix: Name for each category those who got it: carriers, payment processors, advertising networks; or say that nobody
    did.
    """
    return said(page, "us_ca", "recipients")
