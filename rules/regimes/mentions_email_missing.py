from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="warning",
    articles={"fr": ("Loi n° 2004-575 (LCEN) Art. 19",)},
    languages=(),
    kinds=("imprint",),
    beside=("contact",),
)
def mentions_email_missing(page: LegalPage) -> Item:
    """The legal notice does not show an e-mail address.

    Why: The law on digital trade names the e-mail address itself.

    Fix: Add an e-mail address.
    """
    return said_in("fr", page, "mentions", "email")
