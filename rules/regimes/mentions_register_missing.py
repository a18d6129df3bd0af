from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="error",
    articles={
        "fr": (
            "Loi n° 2004-575 (LCEN) Art. 1-1",
            "Loi n° 2004-575 (LCEN) Art. 19",
            "Code de commerce Art. R. 123-237",
        )
    },
    languages=(),
    kinds=("imprint",),
)
def mentions_register_missing(page: LegalPage) -> Item:
    """The legal notice does not tell the registration number.

    Why: RCS with town and SIREN let everybody look up who publishes.

    Fix: Add « RCS » with town and number, or the SIREN of a sole trader.
    """
    return said_in("fr", page, "mentions", "register")
