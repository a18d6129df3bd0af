"""Which request shows another site's content in the shop's page: videos, maps, fonts, plug-ins, chats."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from urllib.parse import urlsplit

from auditor.cookies import DATA
from auditor.model import Request, record
from auditor.trackers import NEEDED, address_pattern, party
from auditor.urls import host_of, site_of

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@record
class Embed:
    """What is embedded. ``kind`` is in words; ``profiles`` () = everywhere that asks for consent; ``sure``: it needs consent without a doubt."""

    kind: str
    profiles: tuple[str, ...] = ()
    sure: bool = True


def embed(request: Request) -> Embed | None:
    """What a third party's request embeds, or None: by its address, else by a frame that says that it holds content."""
    if party(request.url).category in NEEDED:
        return None
    found = _known(request.url.partition("?")[0])
    if found is None and request.kind == "document" and _words() & _in_address(request.url):
        found = Embed(kind="embedded page", sure=False)
    return found


@lru_cache(maxsize=4096)
def _known(url: str) -> Embed | None:
    host = host_of(url)
    address = host + urlsplit(url).path
    return next((item for pattern, item in _table().get(site_of(host), ()) if pattern.match(address)), None)


def _in_address(url: str) -> set[str]:
    parts = urlsplit(url)
    return {word.lower() for word in _WORD.findall(f"{host_of(url)} {parts.path}")}


@cache
def _words() -> frozenset[str]:
    return frozenset(_read()["words"]["content"])


@cache
def _read() -> dict:
    return tomllib.loads((DATA / "embeds.toml").read_text("utf-8"))


@cache
def _table() -> dict[str, list[tuple[re.Pattern[str], Embed]]]:
    """Registrable domain -> patterns of host and path."""
    table: dict[str, list[tuple[re.Pattern[str], Embed]]] = {}
    for entry in _read()["embed"]:
        item = Embed(kind=entry["kind"], profiles=tuple(entry.get("profiles", ())), sure=entry.get("sure", True))
        for address in entry["at"]:
            table.setdefault(site_of(address.partition("/")[0]), []).append((address_pattern(address), item))
    return table
