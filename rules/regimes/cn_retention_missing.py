from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "cn": (
            "PIPL Art. 17(1)2",
            "PIPL Art. 19",
        )
    },
    languages=("zh", "en"),
)
def cn_retention_missing(page: LegalPage) -> Item:
    """The policy does not say how long personal information is kept.

    Why: The period, the shortest that the purpose needs, must be told.

    Fix: State the period: transaction records for three years after the sale, accounts until they are cancelled.
    """
    return said(page, "cn", "retention")
