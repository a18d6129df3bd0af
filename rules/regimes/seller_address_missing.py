from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import SELLER
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles=SELLER,
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_address_missing(page: LegalPage) -> Item:
    """The page on the seller does not show an address.

    Why: Customers must be able to find the seller; individuals may promise to tell it without delay on request.

    Fix: Add 所在地 with the full address.
    """
    return said(page, "seller", "address")
