from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"br": ("LGPD Art. 9, IV",)},
    languages=("en", "es"),
    beside=("contact",),
)
def br_contact_missing(page: LegalPage) -> Item:
    """The policy does not tell how to reach the controller.

    Why: The controller's contact belongs to its identity.

    Fix: Add an e-mail address or a phone number.
    """
    return said(page, "br", "contact")
