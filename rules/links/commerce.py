"""Whether a shop sells on the site itself, where its checkout is, and which of its words are about giving goods back."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from auditor.model import LinkBlock, Page
from auditor.site import Site


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    text = files("auditor.rules.links").joinpath("commerce.toml").read_text(encoding="utf-8")
    return {name: tuple(found) for name, found in tomllib.loads(text).items()}


@lru_cache(maxsize=8192)
def parts(url: str) -> frozenset[str]:
    """The parts of an address's path, lower case, without endings."""
    try:
        path = unquote(urlsplit(url).path).lower()
    except ValueError:
        return frozenset()
    return frozenset(part.partition(".")[0] for part in path.split("/") if part)


@lru_cache(maxsize=2)
def sells(site: Site) -> bool:
    """Whether any page leads to a cart or a checkout, or has a form for one."""
    known = frozenset(words()["cart"] + words()["checkout"])
    links = (link for block in site.run.fetch(LinkBlock) for link in block.links)
    if any(site.own(link.url) and known & parts(link.url) for link in links if link.url):
        return True
    return any(known & parts(form.action) for page in site.pages() for form in page.forms)


def checkouts(site: Site) -> Iterator[Page]:
    """The checkout's pages."""
    known = frozenset(words()["checkout"])
    return (page for page in site.pages() if known & parts(page.url))


def speaks_of_returns(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in words()["returns"])
