from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "qc": (
            "Act respecting the protection of personal information in the private sector, s. 3.2",
            "Act respecting the protection of personal information in the private sector, s. 8",
        )
    },
    languages=("fr", "en"),
)
def qc_retention_missing(page: LegalPage) -> Item:
    """The policy does not say how long personal information is kept.

    Why: On request the period is told, and it is part of the rules that a business publishes on its site.

    Fix: State the period.
    """
    return said(page, "qc", "retention")
