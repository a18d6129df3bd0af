"""The rule ``it-home-vat-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.countries import mark, operators, shown
from auditor.rules.identity.places import home_of, places
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", articles={"eu": ("D.P.R. 633/1972 Art. 35(1) (Italy)",)}, languages=("it",))
def it_home_vat_number_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The home page of an Italian company's site does not show its partita IVA.

    Why: the Italian VAT act wants the number on the home page itself; elsewhere on the site does not do, and the tax office fines.

    Fix: put “P. IVA …” into the footer of the home page.
    """
    home = home_of(site)
    italian = [place for place in places(site) if place.language == "it"]
    owner = operators(site, "it", lambda place: place.language == "it")
    numbered = any(fact.scheme == "vat-it" for place in italian for fact in place.own(place.numbers))
    if not (owner or numbered) or (home is not None and home.language != "it"):
        yield Inapplicable(
            reason="no page says that an Italian company operates the shop, or the home page is not in Italian"
        )
    elif home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
    elif shown("it", "number", [home]):
        return
    elif mark("it", "number").search(site.html(home.page) or "") or not home.page.copyright:
        yield Unknown(reason="scripts may show it: look in a browser", evidence=home.evidence)
    else:
        yield Finding(
            message="The home page does not show the company's partita IVA",
            subject="home page",
            evidence=home.evidence,
            pages=home.pages,
        )
