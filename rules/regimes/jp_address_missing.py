from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"jp": ("APPI Art. 32(1)1",)},
    languages=("ja", "en"),
    beside=("seller", "imprint", "contact"),
)
def jp_address_missing(page: LegalPage) -> Item:
    """The policy does not tell the address of the business operator.

    Why: Since 2022 the address belongs to what must be made available; the page on the seller counts.

    Fix: Add the address of the business operator.
    """
    return said(page, "jp", "address")
