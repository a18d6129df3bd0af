"""The shape of an address: what pages of one make have in common, such as ``/product/*``."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from auditor.spiders.lexicon import words
from auditor.spiders.parameters import parameters

MAX_SEGMENTS = 8
_FILE = re.compile(r"\.(html?|php|aspx?|jsp|do|action|cgi|xhtml|shtml)\Z", re.IGNORECASE)
_LITERAL = re.compile(r"[a-z][a-z_-]{0,24}\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}([_-][a-z]{2,4})?\Z", re.IGNORECASE)
_ENTRIES = words("shape", "entries")
_PAGES = words("facets", "page_segments")
_ROUTE = re.compile(r"[A-Za-z_./|-]{1,60}\Z")


@lru_cache(maxsize=1024)
def shape_of(url: str) -> str:
    """The shape of an address.

    The last segment of a path is a ``*`` (with its file ending), and so is every other one that does not read like a fixed
    word. Of the parameters, routes stay (``?route=product/product``) and the names of identities; filters and page numbers go.
    """
    parts = urlsplit(url)
    if not parts.query:
        return path_shape(parts.path)
    found = parameters(parts.path, parts.query)
    kept = [f"{name}={_route_shape(value)}" for name, value in found.routes]
    kept += [f"{name}=*" for name in sorted({name for name, _ in [*found.identities, *found.unknown]})]
    return path_shape(parts.path) + ("?" + "&".join(kept) if kept else "")


def path_shape(path: str) -> str:
    """The shape of a path."""
    segments = without_page_number([segment for segment in path.split("/") if segment])
    if not segments:
        return "/"
    last = segments[-1]
    ending = _FILE.search(last)
    fixed = ending is not None and last[: ending.start()].lower() in _ENTRIES
    if not fixed and not (len(segments) == 1 and _LANGUAGE.match(last)):
        last = "*" + (ending[0].lower() if ending else "")
    shaped = [segment if _LITERAL.match(segment) else "*" for segment in segments[:-1][:MAX_SEGMENTS]]
    return "/" + "/".join([*shaped, last]) + ("/" if path.endswith("/") else "")


def without_page_number(segments: list[str]) -> list[str]:
    """The path of a listing without the number of its page (``/category/pens/page/3``)."""
    paged = len(segments) >= 2 and segments[-1].isdigit() and segments[-2].lower() in _PAGES
    return segments[:-2] if paged else segments


def _route_shape(value: str) -> str:
    """A route keeps its words; what looks like an id or a slug behind them is a ``*``."""
    value = unquote(value)
    if _ROUTE.match(value) and value.strip("/").count("/") < 3 and not _FILE.search(value):
        return value
    return path_shape(value) if "/" in value else "*"
