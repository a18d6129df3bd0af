from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import SELLER
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles=SELLER,
    languages=("ja", "en"),
    kinds=("seller",),
)
def seller_email_missing(page: LegalPage) -> Item:
    """The page on the seller does not show an e-mail address.

    Why: Who advertises by e-mail shows an address; a shop that can be reached by form only makes complaints hard.

    Fix: Add メールアドレス with the address.
    """
    return said(page, "seller", "email")
