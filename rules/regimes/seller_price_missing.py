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
def seller_price_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell the prices or where they stand.

    Why: The price with tax must be told; a word that it stands on each product's page is enough.

    Fix: Add 販売価格 and say where it is shown.
    """
    return said(page, "seller", "price")
