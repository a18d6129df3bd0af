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
def mentions_address_missing(page: LegalPage) -> Item:
    """The legal notice does not show the registered office.

    Why: Without an address nobody can write or sue.

    Fix: Add the address of the registered office.
    """
    return said_in("fr", page, "mentions", "address")
