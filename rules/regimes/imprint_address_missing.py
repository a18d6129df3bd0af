from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"de": ("DDG § 5(1), no. 1",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_address_missing(page: LegalPage) -> Item:
    """The imprint does not show a postal address.

    Why: Street, number, code and town, so that letters of a court arrive; a post office box is not enough.

    Fix: Add the address at which the business is established.
    """
    return said(page, "imprint", "address")
