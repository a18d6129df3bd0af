from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import PAYMENT
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles=PAYMENT,
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_payment_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell the ways to pay.

    Why: The ways to pay must be told.

    Fix: Add 支払方法.
    """
    return said(page, "seller", "payment")
