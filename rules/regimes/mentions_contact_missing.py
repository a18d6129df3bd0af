from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.articles import PUBLISHER
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="error",
    articles=PUBLISHER,
    languages=(),
    kinds=("imprint",),
)
def mentions_contact_missing(page: LegalPage) -> Item:
    """The legal notice does not show a phone number.

    Why: Customers must be able to talk to the shop.

    Fix: Add a phone number that is not premium rate.
    """
    return said_in("fr", page, "mentions", "contact")
