from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "kr": (
            "PIPA Art. 16(2)",
            "PIPA Art. 22",
        )
    },
    languages=("ko", "en"),
)
def kr_optional_items_missing(page: LegalPage) -> Item:
    """The policy does not tell required items from optional ones.

    Why: Nobody may be refused a service for not giving more than it needs, so the two are told apart.

    Fix: Mark each item as required (필수) or optional (선택).
    """
    return said(page, "kr", "optional_items")
