"""The rule ``uk-company-number-missing``."""

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
            "Electronic Commerce (EC Directive) Regulations 2002 reg. 6(1)(d)",
        )
    },
    languages=("en",),
)
def uk_company_number_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A British company does not say on its site under which number it is registered.

    Why: a registered company has to disclose its number and the part of the United Kingdom on its websites; it is an offence not to.

    Fix: put “Registered in England and Wales, company number …” into the footer or on the page about the company.
    """
    found = british(site)
    doubts = list(unread(site))
    if not found:
        yield Inapplicable(reason="no page says that a British company operates the shop")
    elif not shown("uk", "number", places(site)):
        place, fact = found[0]
        message = f"“{place.of(fact)}” operates the shop, and no page gives its company number"
        yield from doubts or [absence(place, fact, message, places(site))]
