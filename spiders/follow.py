"""Which of the addresses that a page names are fetched: the shop's own pages, no files, nothing that changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from auditor.config import Crawl
from auditor.legal import kinds_of
from auditor.model import Link
from auditor.spiders import facets
from auditor.spiders.scope import Scope, is_file
from auditor.spiders.traps import changes_state, without_switches
from auditor.store import Address, Run
from auditor.urls import cleaned, normalised

MAX_HOPS = 10
# Lower is earlier: under a page limit the legal pages come first, what only a sitemap knows last.
START, LEGAL, PAGE, FACETS, SITEMAP = 0, 1, 10, 20, 30


@dataclass(frozen=True, slots=True)
class Origin:
    """The page whose links are looked at."""

    url: str
    depth: int


class _Judged(NamedTuple):
    """An address that is fetched as a page."""

    url: str
    key: str
    family: str
    priority: int


class Follow:
    """Makes frontier entries of links."""

    def __init__(self, scope: Scope, crawl: Crawl) -> None:
        self.scope = scope
        self.crawl = crawl
        self._judged = lru_cache(maxsize=4096)(self._judge)

    def links(self, links: Iterable[Link], page: Origin, found_by: str = "link") -> Iterator[Address]:
        """The addresses behind the links of a page, each once; none below the depth limit."""
        if page.depth >= self.crawl.max_depth:
            return
        seen: set[str] = set()
        for link in links:
            if link.url not in seen and (address := self.link(link, page, found_by)) is not None:
                seen.add(link.url)
                yield address

    def link(self, link: Link, page: Origin, found_by: str = "link") -> Address | None:
        """The address behind one link; None when it is not to be followed."""
        judged = self._judged(link.url, link.text, "nofollow" in link.rel)
        return None if judged is None else self._address(judged, page, found_by, link.text)

    def named(self, url: str, page: Origin, found_by: str, text: str = "") -> Address | None:
        """An address that the page names itself (canonical, hreflang) or a sitemap does: switches of language stay."""
        url = cleaned(url)
        if not url or not self.scope.covers(url) or changes_state(url):
            return None
        judged = self._as_page(url, text)
        return None if judged is None else self._address(judged, page, found_by, text)

    def redirect(self, target: str, source: Address) -> Address | None:
        """Where a redirect leads; None when it is not to be followed."""
        url = cleaned(target)
        beginning = source.depth == 0
        covered = self.scope.same_site(url) if beginning else self.scope.covers(url)
        if not url or not covered or changes_state(url) or source.hops >= MAX_HOPS:
            return None
        if not beginning and (not self.scope.wants(url) or is_file(url, True)):
            return None
        family = "" if beginning else source.family
        return Address(
            key=normalised(url),
            url=url,
            depth=source.depth,
            found_by="redirect",
            referrer=source.referrer,
            text=source.text,
            hops=source.hops + 1,
            priority=source.priority,
            family=family,
        )

    def _judge(self, url: str, text: str, nofollow: bool) -> _Judged | None:
        if not url.startswith(("http://", "https://")):
            return None
        url = without_switches(cleaned(url))
        if not url or not self.scope.covers(url) or changes_state(url, text, nofollow):
            return None
        return self._as_page(url, text)

    def _as_page(self, url: str, text: str) -> _Judged | None:
        legal = bool(kinds_of(text, url))
        path = url.partition("?")[0]
        if is_file(url, legal) or facets.goes_in_circles(path) or not self.scope.wants(url):
            return None
        family = facets.family_of(url)
        return _Judged(url, normalised(url), family, LEGAL if legal else FACETS if family else PAGE)

    def _address(self, judged: _Judged, page: Origin, found_by: str, text: str) -> Address:
        by_sitemap = found_by == "sitemap"
        return Address(
            key=judged.key,
            url=judged.url,
            depth=page.depth + 1,
            found_by=found_by,
            referrer="" if by_sitemap else page.url,
            text=text[:200],
            priority=SITEMAP if by_sitemap else judged.priority,
            family=judged.family,
        )

    def offer(self, run: Run, addresses: Iterable[Address]) -> int:
        """Queue addresses, each within its family's limit; how many were new."""
        by_limit: dict[int, list[Address]] = {}
        for address in addresses:
            limit = facets.limit_of(address.family, self.crawl.facet_limit)
            by_limit.setdefault(limit, []).append(address)
        with run.transaction():
            return sum(run.offer(found, limit) for limit, found in by_limit.items())
