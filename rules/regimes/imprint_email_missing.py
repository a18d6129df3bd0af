from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"de": ("DDG § 5(1), no. 2",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_email_missing(page: LegalPage) -> Item:
    """The imprint does not show an e-mail address.

    Why: The law names the address for electronic mail itself; a form alone is not enough.

    Fix: Add an e-mail address that is read.
    """
    return said(page, "imprint", "email")
