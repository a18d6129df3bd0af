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
def seller_phone_missing(page: LegalPage) -> Item:
    """The page on the seller does not show a phone number.

    Why: A number that is answered belongs on the page; individuals may promise to tell it without delay on request.

    Fix: Add 電話番号 with the number.
    """
    return said(page, "seller", "phone")
