from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"de": ("DDG § 5(1), no. 3",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_authority_missing(page: LegalPage) -> Item:
    """The imprint of a business that needs a licence does not name the supervisory authority.

    Why: Pharmacies, brokers and others that need a licence name who supervises them. Asked only where the text is of
    such a business.

    Fix: Add the authority with address or link.
    """
    return said(page, "imprint", "authority")
