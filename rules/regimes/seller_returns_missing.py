from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "Act on Specified Commercial Transactions Art. 11",
            "Act on Specified Commercial Transactions Art. 11, item 5",
            "Act on Specified Commercial Transactions Art. 15-3",
        )
    },
    languages=("ja", "en"),
    kinds=("seller",),
    beside=("returns",),
)
def seller_returns_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell the terms of returns.

    Why: Without terms customers may return goods within eight days at their own cost.

    Fix: Add 返品 with period, conditions and who pays the postage.
    """
    return said(page, "seller", "returns")
