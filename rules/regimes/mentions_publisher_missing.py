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
def mentions_publisher_missing(page: LegalPage) -> Item:
    """The legal notice does not name who publishes the site.

    Why: Name and legal form of a company, or first and last name of a trader, come first in the law's list.

    Fix: Name the company with its legal form (SAS, SARL …) or the trader.
    """
    return said_in("fr", page, "mentions", "publisher")
