"""The shape of an address: what pages of one make have in common, such as ``/product/*``."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.spiders.lexicon import words

MAX_SEGMENTS = 8
_FILE = re.compile(r"\.(html?|php|aspx?|jsp|do|action|cgi|xhtml|shtml)\Z", re.IGNORECASE)
_LITERAL = re.compile(r"[a-z][a-z_-]{0,24}\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}([_-][a-z]{2,4})?\Z", re.IGNORECASE)
ROUTES = words("shape", "routes")
_ENTRIES = words("shape", "entries")
_ROUTE_VALUE = re.compile(r"[A-Za-z_./-]{1,60}\Z")


@lru_cache(maxsize=4096)
def shape_of(url: str) -> str:
    """The shape of an address.

    The last segment of a path is a ``*`` (with its file ending), and so is every other one that does not read like a fixed
    word; of a query the names stay, sorted, and the values of routing parameters (``?route=product/product``).
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    return _path_shape(segments, parts.path.endswith("/")) + _query_shape(parts.query)


def _path_shape(segments: list[str], slash: bool) -> str:
    if not segments:
        return "/"
    shaped = [_segment(segment) for segment in segments[:-1][:MAX_SEGMENTS]]
    last = segments[-1]
    ending = _FILE.search(last)
    entry = ending is not None and last[: ending.start()].lower() in _ENTRIES
    alone_language = len(segments) == 1 and _LANGUAGE.match(last) is not None
    if entry or alone_language:
        shaped.append(last)
    else:
        shaped.append("*" + (ending[0].lower() if ending else ""))
    return "/" + "/".join(shaped) + ("/" if slash else "")


def _segment(segment: str) -> str:
    return segment if _LITERAL.match(segment) else "*"


def _query_shape(query: str) -> str:
    if not query:
        return ""
    pairs = sorted(parse_qsl(query, keep_blank_values=True)[:20])
    return "?" + "&".join(f"{name}={_route(value) if name.lower() in ROUTES else '*'}" for name, value in pairs)


def _route(value: str) -> str:
    """A route keeps its words; what looks like an id or a slug behind them is a ``*``."""
    value = unquote(value)
    if _ROUTE_VALUE.match(value) and len(value.strip("/").split("/")) <= 3 and "." not in value:
        return value
    segments = [s for s in value.split("/") if s]
    return "/" + _path_shape(segments, value.endswith("/")).lstrip("/") if "/" in value else "*"
