"""What the parameters of an address are for: told by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl

from auditor.spiders.lexicon import words
from auditor.spiders.traps import plain_name

MAX_PARAMETERS = 60
_ROUTES = words("shape", "routes")
_IDENTITIES, _THINGS, _WAYS = words("facets", "identities"), words("facets", "things"), words("facets", "ways")
_PAGES, _NAMES = words("facets", "pages"), words("facets", "names")
_PREFIXES = tuple(words("facets", "prefixes"))
_TOP_SCRIPT = re.compile(r"/(?:[^/]*\.(?:php|aspx?|jsp|cgi|do|pl|dll))?", re.IGNORECASE)

Pairs = list[tuple[str, str]]


@dataclass(slots=True)
class Parameters:
    """The parameters of an address by what they are for; names as compared, values as written."""

    routes: Pairs = field(default_factory=list)  # which page of the program
    identities: Pairs = field(default_factory=list)  # which thing
    ways: Pairs = field(default_factory=list)  # how one came to the thing
    pages: Pairs = field(default_factory=list)  # which page of a listing
    facets: Pairs = field(default_factory=list)  # filters, sort orders, layouts, searches
    unknown: Pairs = field(default_factory=list)


@lru_cache(maxsize=1024)
def parameters(path: str, query: str) -> Parameters:
    """Sort the parameters of an address by what they are for."""
    found = Parameters()
    pairs = [
        (plain_name(name), value, name) for name, value in parse_qsl(query, keep_blank_values=True)[:MAX_PARAMETERS]
    ]
    has_thing = any(name in _THINGS for name, _, _ in pairs)
    for name, value, written in pairs:
        if name == "p" and len(pairs) == 1 and _TOP_SCRIPT.fullmatch(path):
            found.identities.append((name, value))  # WordPress: /?p=123 is a post
        else:
            getattr(found, _purpose(name, value, written, has_thing)).append((name, value))
    return found


def _purpose(name: str, value: str, written: str, has_thing: bool) -> str:
    if name in _ROUTES and ("/" in value or name not in _NAMES | _PAGES | _IDENTITIES):
        return "routes"
    if has_thing and name in _WAYS:
        return "ways"
    if name in _PAGES:
        return "pages"
    if name in _NAMES or "[" in written or written.lower().startswith(_PREFIXES) or name.startswith(_PREFIXES):
        return "facets"
    if name in _IDENTITIES or name.startswith("id-") or name.endswith("id"):
        return "identities"
    return "unknown"


def joined(pairs: Pairs) -> str:
    """Parameters in one order."""
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))
