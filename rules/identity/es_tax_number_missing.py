"""The rule ``es-tax-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.countries import absence, operators, shown
from auditor.rules.identity.places import places, unread
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    needs=("legal-pages",),
    articles={"eu": ("Ley 34/2002 (LSSI) Art. 10(1)(e) (Spain)",)},
    languages=("es",),
)
def es_tax_number_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A Spanish company does not give its tax number (NIF) anywhere on its site.

    Why: the act on services of the information society wants the number, permanently and easily at hand, beside name, address
    and register entry; leaving it out is fined.

    Fix: put the NIF into the legal notice (aviso legal) and link that from every page.
    """
    spanish = [place for place in places(site) if place.language == "es"]
    found = operators(site, "es", lambda place: place.language == "es")
    home = site.domain.endswith(".es") or shown("es", "place", spanish)
    if not found or not home or shown("es", "elsewhere", spanish):
        yield Inapplicable(reason="no page says that a Spanish company operates the shop")
    elif not shown("es", "number", places(site)):
        place, fact = found[0]
        message = f"“{place.of(fact)}” operates the shop, and no page gives its tax number (NIF)"
        yield from list(unread(site)) or [absence(place, fact, message, spanish)]
