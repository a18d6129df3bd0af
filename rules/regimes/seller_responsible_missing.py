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
def seller_responsible_missing(page: LegalPage) -> Item:
    """The page on the seller does not name the responsible person.

    Why: A company names its representative or the person responsible for the mail-order business.

    Fix: Add 運営統括責任者 with the name.
    """
    return said(page, "seller", "responsible")
