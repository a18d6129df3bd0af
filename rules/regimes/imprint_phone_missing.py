from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"de": ("DDG § 5(1), no. 2",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_phone_missing(page: LegalPage) -> Item:
    """The imprint does not show a second fast way to get in touch, such as a phone number.

    Why: Beside e-mail, one more way to get a fast and direct answer is due; a phone number, a chat or a form that is
    answered within the hour.

    Fix: Add a phone number.
    """
    return said(page, "imprint", "phone")
