"""Pairs of pages that give different values for one thing of the operator. When in doubt there is none.

Shops have several phones, warehouses and branches, and their policies name processors, hosts and authorities. So a value counts
only when its page calls it the operator's and gives no second one, and never when the other page mentions it, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from auditor.identity import CJK, Fact, defines_operator, same_company
from auditor.legal_names import fold
from auditor.model import record
from auditor.rules.identity.places import OWN_KINDS, Place, places
from auditor.site import Site

# The page that is believed, when two differ: the first of these
ORDER = ("imprint", "seller", "", "contact", "terms", "privacy", "cookies", "returns", "copyright")
BESIDE = 40  # characters between a name and its address
SEATS = re.compile(
    r"registered (?:office|address)|head office|\bsitz\b|hauptsitz|niederlassung|postfach|p\.? ?o\.? box|siège|domicilio social|"
    r"sede legale|sede operativa|postal address|postanschrift|besuch|correspondence",
    re.IGNORECASE,
)
# Legal forms of one country; a GmbH & Co. KG is named like its GmbH, an EURL is a SARL
FAMILIES = (
    frozenset({"gmbh", "ug", "ughaftungsbeschrankt", "ag", "ek"}),
    frozenset({"sarl", "sas", "sa"}),
    frozenset({"sl", "sa"}),
    frozenset({"srl", "spa", "snc"}),
    frozenset({"ltd", "plc", "llp"}),
    frozenset({"llc", "inc", "corp"}),
)


@record
class Clash:
    """``fact`` on ``place`` differs from ``known`` on ``reference``."""

    thing: str  # "name", "address", or the scheme of a number
    place: Place
    fact: Fact
    reference: Place
    known: Fact


def clashes(site: Site) -> Iterator[Clash]:
    """What differs from the most trusted page that gives the thing, one clash a thing and page."""
    for group in _groups(site):
        values = [(place, _values(place)) for place in group]
        told: set[Place] = set()
        for thing in ("name", *sorted({thing for _, found in values for thing in found} - {"name"})):
            giving = [(place, found) for place, found in values if thing in found]
            for place, found in giving[1:]:
                if place not in told and _clash(thing, giving[0], (place, found)):
                    if thing == "name":
                        told.add(place)  # its address and numbers are the other company's
                    reference, known = giving[0]
                    yield Clash(thing=thing, place=place, fact=found[thing], reference=reference, known=known[thing])


def compared(site: Site) -> bool:
    """Whether any two pages give a value for the same thing."""
    return any(
        _values(one).keys() & _values(other).keys() for group in _groups(site) for one, other in combinations(group, 2)
    )


def _groups(site: Site) -> Iterator[list[Place]]:
    """Pages in one language, the most trusted first: branches in other countries are other companies."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places(site), key=lambda place: (_rank(place), place.path)):
        if place.path not in {other.path for other in groups[place.language]}:
            groups[place.language].append(place)
    yield from groups.values()


def _clash(thing: str, first: tuple[Place, Mapping[str, Fact]], second: tuple[Place, Mapping[str, Fact]]) -> bool:
    (reference, known), (place, found) = first, second
    if thing == "name":
        return _unlike_names(reference, place, known, found)
    return _of_one_company(known, found) and _differ(thing, reference, known[thing], place, found[thing])


def _rank(place: Place) -> int:
    return min((ORDER.index(kind) for kind in place.kinds or ("",) if kind in ORDER), default=len(ORDER))


def _values(place: Place) -> Mapping[str, Fact]:
    """What a page says of the operator, by thing: only things of which it gives one value."""
    found: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in _own(place, place.numbers):
        for scheme, value in _equal(fact):
            found[scheme].setdefault(value, fact)
    for name, facts in (("name", place.names), ("address", place.addresses)):
        for fact in _own(place, facts):
            if fact.whose == "operator" and (name == "name" or _is_beside_name(place, fact)):
                found[name].setdefault(fact.value, fact)
    if not found["name"] and not {"imprint", "seller"}.isdisjoint(place.kinds):
        found["name"] = {fact.value: fact for fact in _own(place, place.names)[:1]}
    if len(found["name"]) > 1 and not _is_one("name", list(found["name"])) and OWN_KINDS.isdisjoint(place.kinds):
        return {}  # it speaks of several companies
    return {
        thing: next(iter(values.values())) for thing, values in found.items() if values and _is_one(thing, list(values))
    }


def _is_beside_name(place: Place, address: Fact) -> bool:
    """Whether an address stands right behind the operator's name; Eastern addresses are written in too many ways to compare."""
    ends = [fact.end for fact in place.names if fact.whose == "operator" and fact.end <= address.start]
    return address.value[:1].isascii() and bool(ends) and address.start - max(ends) <= BESIDE


def _is_one(thing: str, values: list[str]) -> bool:
    """Whether the values are one: a name may be written in several ways."""
    return len(values) == 1 or (thing == "name" and all(same_company(values[0], value) for value in values[1:]))


def _own(place: Place, facts: list[Fact]) -> list[Fact]:
    """The operator's; a legal page's frame is the home page's, and told there."""
    return _outside_frame(place, place.own(facts))


def _outside_frame(place: Place, facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if not place.kinds or place.document.block_at(fact.start).part != "frame"]


def _equal(fact: Fact) -> Iterator[tuple[str, str]]:
    """By which things a number is compared: branches have numbers of their own, which are made of the company's."""
    if fact.scheme in ("fr-siret", "br-cnpj"):
        yield ("fr-siren", fact.value[:9]) if fact.scheme == "fr-siret" else ("br-cnpj", fact.value[:8])
        return
    yield fact.scheme, fact.value
    if fact.scheme == "vat-fr":
        yield "fr-siren", fact.value[4:]


def _unlike_names(one: Place, other: Place, first: Mapping[str, Fact], second: Mapping[str, Fact]) -> bool:
    if "name" not in first or "name" not in second:
        return False
    if _forms_differ(one, other, first["name"], second["name"]):
        return True
    known, fact = first["name"].value, second["name"].value
    if same_company(known, fact) or _mentions(one, fact):
        return False
    # The shop's brand is often the operator's name without the legal form, and says nothing beside "X Ltd (we)".
    if defines_operator(other.document, second["name"]):
        return not any(_is_same(known, name.value) for name in _outside_frame(other, other.names))
    return not _mentions(other, known)


def _is_same(one: str, other: str) -> bool:
    """Whether two names in one script may be one company's."""
    return bool(CJK.search(one)) == bool(CJK.search(other)) and same_company(one, other)


def _forms_differ(one: Place, other: Place, known: Fact, fact: Fact) -> bool:
    """Whether one name has two legal forms of one country: registers allow a name but once, so the company was converted."""
    alike = known.value == fact.value and known.scheme != fact.scheme
    if not alike or not any(known.scheme in family and fact.scheme in family for family in FAMILIES):
        return False
    both = [{name.scheme for name in place.names if name.value == fact.value} for place in (one, other)]
    return all(len(forms) == 1 for forms in both)


def _of_one_company(first: Mapping[str, Fact], second: Mapping[str, Fact]) -> bool:
    """Whether two pages speak of one company, and not of two of a group; a page without a name is taken to speak of the same."""
    if "name" not in first or "name" not in second:
        return True
    one, other = (found["name"].value.replace(" ", "") for found in (first, second))
    return one == other or (CJK.search(one) is not None and (one in other or other in one))


def _mentions(place: Place, value: str) -> bool:
    words = re.sub(r"[^\w&]+", " ", fold(place.document.main_text if place.kinds else place.document.text))
    return value in words or value.replace(" ", "") in words.replace(" ", "")


def _differ(thing: str, reference: Place, known: Fact, place: Place, fact: Fact) -> bool:
    if thing == "address":
        return _addresses_differ(reference, known, place, fact)
    one, other = dict(_equal(known))[thing], dict(_equal(fact))[thing]
    return one != other and not _mentions(place, one.lower()) and not _mentions(reference, other.lower())


def _addresses_differ(reference: Place, known: Fact, place: Place, fact: Fact) -> bool:
    """Whether the postcodes differ, and neither page mentions a second seat or the other's postcode."""
    one, other = known.value.split()[0], fact.value.split()[0]
    if one == other or len(one) != len(other) or _mentions(place, one) or _mentions(reference, other):
        return False
    near = [
        text[max(found.start - 300, 0) : found.end + 120]
        for text, found in ((reference.document.text, known), (place.document.text, fact))
    ]
    return not any(SEATS.search(text) for text in near)
