from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import PAYMENT
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles=PAYMENT,
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_payment_time_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell when to pay.

    Why: The time of payment must be told for each way to pay.

    Fix: Add 支払時期, such as at the order for cards, within seven days for transfers.
    """
    return said(page, "seller", "payment_time")
