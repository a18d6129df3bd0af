"""Whether a British company operates the shop."""

from __future__ import annotations

from auditor.identity import Fact
from auditor.rules.identity.countries import operators, shown
from auditor.rules.identity.places import Place, places
from auditor.site import Site


def british(site: Site) -> list[tuple[Place, Fact]]:
    """The operator, where it is a Ltd, PLC or LLP and its pages speak of the United Kingdom and of no other country with such forms."""
    found = operators(site, "uk", lambda place: place.language == "en")
    among = [place for place in places(site) if place.kinds or place.postcodes]
    home = site.domain.endswith(".uk") or shown("uk", "place", among) or any(place.postcodes for place in among)
    return found if home and not shown("uk", "elsewhere", among) else []
