from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import PRICE
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles=PRICE,
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_costs_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell the costs beside the price.

    Why: Postage and fees must be told, with amounts.

    Fix: Add 商品代金以外の必要料金 with the amounts of postage and fees.
    """
    return said(page, "seller", "costs")
