from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="warning",
    articles={
        "fr": (
            "Loi n° 2004-575 (LCEN) Art. 1-1",
            "Code de commerce Art. R. 123-238",
        )
    },
    languages=(),
    kinds=("imprint",),
)
def mentions_capital_missing(page: LegalPage) -> Item:
    """The legal notice of a company does not tell its share capital.

    Why: The law asks companies for it.

    Fix: Add the capital: « au capital de 10 000 € » with your amount.
    """
    return said_in("fr", page, "mentions", "capital")
