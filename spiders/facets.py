"""Which addresses are combinations of filters, sort orders and page numbers of listings, or other ways to one thing.

Such combinations explode (four filters of five values each are 1,296 addresses of one category), so those of one make of
listing are a family whose size is capped. A shop whose whole route is one parameter is no family at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.spiders.lexicon import words
from auditor.spiders.parameters import Pairs, joined, parameters
from auditor.spiders.shape import path_shape, without_page_number
from auditor.spiders.traps import plain_name

_SEGMENTS = words("facets", "segments")
_SCRIPT = re.compile(r"/(?:[^/]*\.(?:php|aspx?|jsp|cgi|do|pl|dll))?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
LONG_ROUTE = 6  # segments: more than controller, action, and one name and value


def limit_of(family: str, facet_limit: int) -> int:
    """How many addresses of a family are crawled; 0 = all."""
    kind = family.partition(":")[0]
    if kind == "ways":  # to one thing that has an address of its own
        return max(1, facet_limit // 10)
    # "query" may be filters that are called by unknown names, or things; "pages" are the pages of one listing.
    return facet_limit * {"facets": 1, "query": 25, "pages": 100}.get(kind, 0)


@lru_cache(maxsize=1024)
def family_of(url: str) -> str:
    """The family that an address belongs to, its kind in front; "" = a page of its own."""
    parts = urlsplit(url)
    if family := _path_family(parts.path):
        return family
    if not parts.query:
        return ""
    found = parameters(parts.path, parts.query)
    if route := _long_route(found.routes):
        return f"query:{parts.netloc}{parts.path}?{route}"
    listing = f"{parts.netloc}{parts.path}?{joined(found.routes + found.identities)}"
    if found.ways:
        return f"ways:{listing}"
    if found.facets:
        names = joined([*found.routes, *((name, "*") for name, _ in found.identities)])
        return f"facets:{parts.netloc}{path_shape(parts.path)}?{names}"
    if found.unknown and not found.identities and not _SCRIPT.search(parts.path):
        return (
            f"query:{parts.netloc}{path_shape(parts.path)}"  # the path names the thing, so they are most likely filters
        )
    if found.unknown and (len(found.unknown) > 1 or found.identities):
        return f"query:{listing}"
    return f"pages:{listing}&{joined(found.unknown)}" if found.pages else ""


def _long_route(routes: Pairs) -> str:
    """Filters inside a route: ``/index/search/index/cid/1/bid/3/ot/price.html`` has more than one name and value."""
    for name, value in routes:
        steps = value.strip("/").split("/")
        if len(steps) > LONG_ROUTE:
            return f"{name}={'/'.join(steps[:5])}"
    return ""


def _path_family(path: str) -> str:
    """Filters and dates that are written into the path."""
    segments = path.strip("/").split("/")
    for index, segment in enumerate(segments[:-1]):
        if index and plain_name(segment) in _SEGMENTS:
            return f"facets:{path_shape('/'.join(segments[:index]))}/{segment}"
    if (listing := without_page_number(segments)) != segments:
        return f"pages:{'/'.join(listing)}"
    last = segments[-1]
    numbers = [segment for segment in segments if segment.isdigit()]
    if len(numbers) >= 2 and last.isdigit() and _YEAR.match(numbers[0]):
        return f"facets:dates:{'/'.join(_NUMBER.sub('#', segment) for segment in segments)}"
    if "+" in last and len(segments) > 1:
        return f"facets:{path_shape('/'.join(segments[:-1]))}/+"
    if len(_NUMBER.findall(last)) >= 5:
        return f"query:{'/'.join(segments[:-1])}/{_NUMBER.sub('#', last)}"
    return ""


def goes_in_circles(path: str) -> bool:
    """Whether a path is one of those that relative links make ever deeper (``/a/b/a/b/a/b``)."""
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > 20:
        return True
    if len(segments) == len(set(segments)):
        return False
    for size in (1, 2, 3):
        for start in range(len(segments) - 3 * size + 1):
            unit = segments[start : start + size]
            if unit * 3 == segments[start : start + 3 * size]:
                return True
    return False
