from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"us-ca": ("Cal. Civ. Code § 1798.100(a)(3)",)},
    languages=("en", "es"),
)
def us_ca_retention_missing(page: LegalPage) -> Item:
    """The policy does not say how long personal information is kept.

    Why: For each category the period, or how it is decided, must be told when data are collected.

    Fix: Name the period for each category, or the criteria that decide it.
    """
    return said(page, "us_ca", "retention")
