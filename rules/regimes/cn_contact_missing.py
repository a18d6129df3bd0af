from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"cn": ("PIPL Art. 17(1)1",)},
    languages=("zh", "en"),
    beside=("contact",),
)
def cn_contact_missing(page: LegalPage) -> Item:
    """The policy does not say how to reach the handler of the personal information.

    Why: Name and contact belong together: an e-mail address, a phone number or an address.

    Fix: Add an e-mail address and a phone number for questions about personal information.
    """
    return said(page, "cn", "contact")
