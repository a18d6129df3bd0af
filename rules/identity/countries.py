"""What the laws of single countries want a site to say of its operator; marks in ``countries.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.identity import Fact
from auditor.model import Finding, Pages
from auditor.rules.identity.places import Place, places
from auditor.site import Site


@cache
def marks(country: str) -> dict[str, Any]:
    """One country's table."""
    text = files("auditor.rules.identity").joinpath("countries.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[country]


@cache
def mark(country: str, name: str) -> re.Pattern[str]:
    """One of its patterns."""
    return re.compile(marks(country)[name], re.IGNORECASE)


def shown(country: str, name: str, among: Iterable[Place]) -> bool:
    """Whether any of some pages shows what a pattern stands for, in its text or in a picture's."""
    pattern = mark(country, name)
    return any(pattern.search(place.document.text) or pattern.search(_of_pictures(place)) for place in among)


def _of_pictures(place: Place) -> str:
    return " ".join(span.text for span in place.document.spans if span.kind == "image")


def operators(
    site: Site, country: str, suits: Callable[[Place], bool] = lambda place: True
) -> list[tuple[Place, Fact]]:
    """Companies with a legal form of the country that the pages call the operator, the legal pages' first."""
    forms = marks(country)["forms"]
    found = [
        (place, fact)
        for place in places(site)
        if suits(place)
        for fact in place.own(place.names)
        if fact.scheme in forms and fact.whose == "operator"
    ]
    return sorted(found, key=lambda item: not item[0].kinds)


def absence(place: Place, fact: Fact, message: str, among: Iterable[Place]) -> Finding:
    """A finding at the operator's name for something that none of some pages shows."""
    pages = list(among)
    evidence = tuple(dict.fromkeys(record for other in pages for record in other.evidence))[:10]
    urls = Pages.of(url for other in pages for url in other.urls)
    return place.finding(fact, message, "site", evidence=evidence, pages=urls, confidence="medium")
