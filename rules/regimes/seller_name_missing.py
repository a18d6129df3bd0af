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
def seller_name_missing(page: LegalPage) -> Item:
    """The page on the seller does not name the seller.

    Why: The registered name, or a sole trader's own name, must stand there; a shop's name alone is not enough.

    Fix: Add 販売業者 with the registered name.
    """
    return said(page, "seller", "name")
