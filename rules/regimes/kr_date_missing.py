from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 30(2)",
            "PIPA Enforcement Decree Art. 31(2)",
        )
    },
    languages=("ko", "en"),
)
def kr_date_missing(page: LegalPage) -> Item:
    """The policy does not say from when it applies.

    Why: Changes must be made public so that they can be followed; without a date or version nobody can.

    Fix: Put the date of entry into force at the end, with links to earlier versions.
    """
    return said(page, "kr", "date")
