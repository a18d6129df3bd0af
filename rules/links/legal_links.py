"""Which legal pages the links of a shop lead to. Read once a run and shared by the rules of this family.

A link leads to a legal page when its text or its address says so (``auditor.legal.kinds_of``) or when its target is a page that
was recognised as one. Links in the consent banner do not count: they are gone after the choice. Neither do links to another
site while the shop has a page of that kind itself, nor ever links to a known service ("protected by reCAPTCHA: privacy, terms").
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from weakref import WeakKeyDictionary

from auditor.legal import kinds_of, legal_pages
from auditor.model import LEGAL_KINDS, Link, LinkBlock, Page, Visit
from auditor.site import Site
from auditor.trackers import party_of_host
from auditor.urls import host_of, normalised

BIT = {kind: 1 << number for number, kind in enumerate(LEGAL_KINDS)}
MAX_TARGETS = 10_000
# Services that host a shop's own documents for it.
_HOSTS_DOCUMENTS = frozenset({"consent-provider", "hosting", "cdn"})
_REDIRECTS = (301, 302, 303, 307, 308)
_KNOWN: WeakKeyDictionary[Site, LegalLinks] = WeakKeyDictionary()


@dataclass(slots=True)
class Target:
    """An address of the shop that links call a legal page."""

    url: str  # without fragment
    text: str  # of the first such link
    kinds: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)  # kinds that a link's text says, whatever its address


@dataclass(slots=True)
class _Mask:
    """Kinds as bits, by where the links lead: to the shop itself or to another site."""

    own: int = 0
    other: int = 0


class LegalLinks:
    """The index of one run."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.targets: dict[str, Target] = {}
        self._pages = _legal_addresses(site)
        self._own, self._other = array("H", [0]), array("H", [0])  # by row of the link block
        self._seen = _Mask()  # in all of the shop
        for block in site.run.fetch(LinkBlock):
            self._read(block)
        for visit in site.visits.values():
            self._mask(visit.links)
        # Links to another site count where the shop has no page of that kind itself.
        self._usable = ~self._seen.own

    @classmethod
    def of(cls, site: Site) -> LegalLinks:
        if site not in _KNOWN:
            _KNOWN[site] = cls(site)
        return _KNOWN[site]

    # --- questions ---

    @property
    def addresses(self) -> Iterable[str]:
        """The addresses of recognised legal pages, and those that redirect to one."""
        return self._pages

    def is_one(self, page: Page, *kinds: str) -> bool:
        """Whether the page itself was recognised as a legal page of one of these kinds."""
        return bool(self._pages.get(page.url, 0) & _bits(kinds))

    def on_page(self, page: Page, *kinds: str) -> bool:
        """Whether the page's HTML has a link to a legal page of one of these kinds."""
        wanted = _bits(kinds)
        usable = wanted & self._usable
        return any(self._own[row] & wanted or self._other[row] & usable for row in page.blocks)

    def on_visit(self, visit: Visit, *kinds: str) -> bool:
        """Whether the browser showed one that the HTML had not."""
        mask = self._mask(visit.links)
        wanted = _bits(kinds)
        return bool(mask.own & wanted or mask.other & wanted & self._usable)

    def dead_link(self, page: Page, *kinds: str) -> Link | None:
        """A link of the page that by its text is the wanted one, but leads nowhere (``href="#"``)."""
        wanted = _bits(kinds)
        links = (link for link in self.site.links(page) if link.place != "banner" and is_dead(link))
        return next((link for link in links if _bits(kinds_of(link.text)) & wanted), None)

    def anywhere(self, *kinds: str) -> bool:
        """Whether any link or page of the shop is of one of these kinds."""
        wanted = _bits(kinds)
        return bool((self._seen.own | self._seen.other) & wanted) or any(bits & wanted for bits in self._pages.values())

    # --- reading ---

    def _read(self, block: LinkBlock) -> None:
        row = int(block.id.partition(":")[2])
        mask = self._mask(block.links) if block.place != "banner" else _Mask()
        for rows, bits in ((self._own, mask.own), (self._other, mask.other)):
            rows.extend([0] * (row + 1 - len(rows)))
            rows[row] = bits

    def _mask(self, links: Iterable[Link]) -> _Mask:
        mask = _Mask()
        for link in links:
            bits = self._kinds(link)
            if not bits or link.place == "banner" or is_dead(link):
                continue
            if not link.url or self.site.own(link.url):
                mask.own |= bits
                self._note(link, bits)
            elif may_host_documents(host_of(link.url)):
                mask.other |= bits
        self._seen.own |= mask.own
        self._seen.other |= mask.other
        return mask

    def _kinds(self, link: Link) -> int:
        bits = _bits(kinds_of(link.text, link.url))
        address = link.url.partition("#")[0]
        return bits | self._pages.get(address, 0) if address else bits

    def _note(self, link: Link, bits: int) -> None:
        address = link.url.partition("#")[0]
        if not address.startswith("http") or "#/" in link.url or "#!" in link.url:
            return  # a route inside a page that scripts make cannot be fetched
        if address not in self.targets and len(self.targets) >= MAX_TARGETS:
            return
        target = self.targets.setdefault(address, Target(url=address, text=link.text))
        target.kinds |= {kind for kind in LEGAL_KINDS if bits & BIT[kind]}
        if "#" not in link.url:
            target.named |= set(kinds_of(link.text))


def is_dead(link: Link) -> bool:
    """Whether a link has no target at all."""
    return (not link.url and link.href in ("", "#", "#!")) or link.href.lower().startswith("javascript:")


def _bits(kinds: Iterable[str]) -> int:
    bits = 0
    for kind in kinds:
        bits |= BIT[kind]
    return bits


@lru_cache(maxsize=4096)
def may_host_documents(host: str) -> bool:
    """Whether a document on this other site may be the shop's own: not when it is a known service's."""
    party = party_of_host(host)
    return not party.category or party.category in _HOSTS_DOCUMENTS


def _legal_addresses(site: Site) -> dict[str, int]:
    """Addresses of recognised legal pages, and those that redirect to one, with their kinds as bits."""
    home = normalised(site.url)
    pages = [page for page in legal_pages(site) if home not in map(normalised, page.urls)]
    found = {url: _bits(page.kinds) for page in pages for url in page.urls}
    for _ in range(2):  # a redirect to a redirect
        for status in _REDIRECTS:
            for page in site.run.fetch(Page, status=status):
                if bits := found.get(page.redirect_to):
                    found[page.url] = bits
    return found
