from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "br": (
            "LGPD Art. 41, § 1",
            "ANPD Resolution CD/ANPD 2/2022, Art. 11",
        )
    },
    languages=("en", "es"),
)
def br_officer_missing(page: LegalPage) -> Item:
    """The policy does not name the person in charge of data protection (encarregado) with a contact.

    Why: Identity and contact of the encarregado are published clearly, best on the site; small businesses may name a
    channel instead.

    Fix: Name the encarregado and an e-mail address.
    """
    return said(page, "br", "officer")
