from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.110(c)(2)",
            "Cal. Code Regs. tit. 11, § 7011(e)(1)(B)",
        )
    },
    languages=("en", "es"),
)
def us_ca_sources_missing(page: LegalPage) -> Item:
    """The policy does not say from which sources personal information comes.

    Why: Data also come from browsers, partners and public records, and nobody can guess from whom.

    Fix: Name the categories of sources: from the customer, by the browser, from the payment provider, from advertising
    partners.
    """
    return said(page, "us_ca", "sources")
