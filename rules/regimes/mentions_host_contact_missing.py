from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="warning",
    articles={"fr": ("Loi n° 2004-575 (LCEN) Art. 1-1",)},
    languages=(),
    kinds=("imprint",),
)
def mentions_host_contact_missing(page: LegalPage) -> Item:
    """The legal notice does not tell how to reach the host.

    Why: Name alone is not enough: address and phone number of the host are due.

    Fix: Add the host's address and phone number.
    """
    return said_in("fr", page, "mentions", "host_contact")
