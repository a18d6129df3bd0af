"""The rule ``uk-registered-office-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.countries import absence, shown
from auditor.rules.identity.kingdom import british
from auditor.rules.identity.places import places, unread
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    needs=("legal-pages",),
    articles={
        "uk": (
            "Company, Limited Liability Partnership and Business (Names and Trading Disclosures) Regulations 2015 reg. 25",
            "Electronic Commerce (EC Directive) Regulations 2002 reg. 6(1)(b)",
        )
    },
    languages=("en",),
)
def uk_registered_office_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A British company gives no postal address on its site, its registered office neither.

    Why: a registered company has to disclose its registered office on its websites; buyers need an address for complaints.

    Fix: put “Registered office: …” into the footer or on the page about the company.
    """
    found = british(site)
    doubts = list(unread(site))
    if not found:
        yield Inapplicable(reason="no page says that a British company operates the shop")
    elif not shown("uk", "office", places(site)) and not any(
        place.addresses or place.postcodes for place in places(site)
    ):
        place, fact = found[0]
        message = f"“{place.of(fact)}” operates the shop, and no page gives its registered office"
        yield from doubts or [absence(place, fact, message, places(site))]
