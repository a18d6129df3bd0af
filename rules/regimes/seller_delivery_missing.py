from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "Act on Specified Commercial Transactions Art. 11",
            "Act on Specified Commercial Transactions Art. 11, item 3",
        )
    },
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_delivery_missing(page: LegalPage) -> Item:
    """The page on the seller does not tell when goods are delivered.

    Why: The time of delivery must be told, in days.

    Fix: Add 引渡時期, such as within three business days after payment.
    """
    return said(page, "seller", "delivery")
