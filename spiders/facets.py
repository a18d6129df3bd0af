"""Which addresses are combinations of filters, sort orders and page numbers of one listing.

Such combinations explode (four filters of five values each are 1,296 addresses of one category), so those of one listing
make a family whose size is capped. What a parameter is for is told by its name; a shop whose whole route is one parameter
is no family at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from auditor.spiders.lexicon import words
from auditor.spiders.traps import plain_name

WIDE = 25  # families that are less surely filters may be so many times larger
PAGED = 100  # and the pages of one listing so many times

_ROUTES = words("shape", "routes")
_IDENTITIES, _THINGS, _WAYS = words("facets", "identities"), words("facets", "things"), words("facets", "ways")
_PAGES, _NAMES, _SEGMENTS = words("facets", "pages"), words("facets", "names"), words("facets", "segments")
_PREFIXES = tuple(words("facets", "prefixes"))
_SCRIPT = re.compile(r"/(?:[^/]*\.(?:php|aspx?|jsp|cgi|do|pl|dll))?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(slots=True)
class Parameters:
    """The parameters of an address by what they are for; names as compared, values as written."""

    routes: list[tuple[str, str]] = field(default_factory=list)
    identities: list[tuple[str, str]] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)
    facets: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


def parameters(path: str, query: str) -> Parameters:
    """Sort the parameters of an address by what they are for."""
    found = Parameters()
    pairs = [(plain_name(name), value, name) for name, value in parse_qsl(query, keep_blank_values=True)[:60]]
    is_thing = any(name in _THINGS for name, _, _ in pairs)
    for name, value, written in pairs:
        _kind_of(found, path, name, value, written, is_thing, len(pairs) == 1).append((name, value))
    return found


def _kind_of(
    found: Parameters, path: str, name: str, value: str, written: str, is_thing: bool, alone: bool
) -> list[tuple[str, str]]:
    if name in _ROUTES and ("/" in value or name not in _NAMES | _PAGES | _IDENTITIES):
        return found.routes
    if is_thing and name in _WAYS:
        return found.facets
    if name == "p" and alone and _SCRIPT.search(path) and path.count("/") == 1:
        return found.identities  # WordPress: /?p=123 is a post
    if name in _PAGES:
        return found.pages
    if name in _NAMES or "[" in written or written.lower().startswith(_PREFIXES) or name.startswith(_PREFIXES):
        return found.facets
    if name in _IDENTITIES or name.endswith("-id") or name.startswith("id-") or name.endswith("id"):
        return found.identities
    return found.unknown


@lru_cache(maxsize=2048)
def family_of(url: str) -> tuple[str, int]:
    """The family that an address belongs to, and how many times the limit it may hold; ("", 0) = a page of its own."""
    parts = urlsplit(url)
    if path_family := _path_family(parts.path):
        return path_family
    if not parts.query:
        return "", 0
    found = parameters(parts.path, parts.query)
    if long_route := _route_family(found.routes):
        return f"query:{parts.netloc}{parts.path}?{long_route}", WIDE
    base = f"{parts.netloc}{parts.path}?{_joined(found.routes + found.identities)}"
    if found.facets:
        return f"facets:{base}", 1
    if found.unknown and (len(found.unknown) > 1 or found.identities or not _SCRIPT.search(parts.path)):
        return f"query:{base}", WIDE
    if found.pages:
        return f"pages:{base}{_joined(found.unknown)}", PAGED
    return "", 0


def _route_family(routes: list[tuple[str, str]]) -> str:
    """Filters inside a route: ``/index/search/index/cid/1/bid/3/ot/price.html`` has more than one name and value."""
    for name, value in routes:
        steps = value.strip("/").split("/")
        if len(steps) > 6:
            return f"{name}={'/'.join(steps[:5])}"
    return ""


def _joined(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def _path_family(path: str) -> tuple[str, int] | None:
    """Filters and dates that are written into the path."""
    segments = path.strip("/").split("/")
    for index, segment in enumerate(segments[:-1]):
        if plain_name(segment) in _SEGMENTS:
            return f"facets:{'/'.join(segments[: index + 1])}", 1
    last = segments[-1]
    numbers = [s for s in segments if s.isdigit()]
    if len(numbers) >= 2 and last.isdigit() and _YEAR.match(numbers[0]):
        return f"dates:{'/'.join(_NUMBER.sub('#', s) for s in segments)}", 1
    if "+" in last and len(segments) > 1:
        return f"facets:{'/'.join(segments[:-1])}/+", 1
    runs = list(_NUMBER.finditer(last))
    if len(runs) >= 5:
        first = runs[0].end()
        return f"facets:{'/'.join(segments[:-1])}/{last[:first]}{_NUMBER.sub('#', last[first:])}", WIDE
    return None


def goes_in_circles(path: str) -> bool:
    """Whether a path is one of those that relative links make ever deeper (``/a/b/a/b/a/b``)."""
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > 20:
        return True
    for size in (1, 2, 3):
        for start in range(len(segments) - 3 * size + 1):
            unit = segments[start : start + size]
            if unit * 3 == segments[start : start + 3 * size]:
                return True
    return False
