"""What one crawl is busy with: shared by the scheduler, the middleware and the spider."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.config import Config, Secrets
from auditor.model import Page
from auditor.progress import Progress
from auditor.spiders.follow import Follow
from auditor.spiders.scope import Scope
from auditor.store import Address, Run

SITEMAP_PRIORITY = 90
SITEMAP_KEY = "sitemap:"  # in front of the frontier keys of addresses that are sitemaps and no pages


def sitemap_address(url: str, hops: int = 0) -> Address:
    """The frontier entry of a sitemap; ``hops`` counts the indexes above it."""
    return Address(key=SITEMAP_KEY + url, url=url, found_by="sitemap", priority=SITEMAP_PRIORITY, hops=hops)


@dataclass(slots=True)
class Work:
    """The crawl's counters and what stopped it. Nothing here grows with the number of pages."""

    run: Run
    config: Config
    secrets: Secrets
    progress: Progress
    follow: Follow
    queued: int = 0
    pages: int = 0
    in_hand: int = 0
    stopping: bool = False  # from now on nothing is taken and nothing is written
    gone: bool = False  # the shop stopped answering
    trouble: str = ""  # why the shop as a whole cannot be audited
    failure: tuple[str, Exception] | None = None  # the start address, and why it did not answer
    broken: Exception | None = None  # what kept a page from being written
    demanded: dict[str, str] = field(default_factory=dict)  # cookies without which the shop redirects for ever
    told: set[str] = field(default_factory=set)  # notes that were given once
    probed: bool = False  # an address that cannot exist was asked for
    legal: bool = False  # a legal page answered

    @classmethod
    def on(cls, run: Run, config: Config, secrets: Secrets, progress: Progress) -> Work:
        """Begin or go on: what was in hand when an earlier crawl stopped is queued again."""
        run.release_taken()
        starts = [url for url in (config.shop, run.noted("start_url")) if url]
        follow = Follow(Scope(config.crawl, *starts), config.crawl)
        work = cls(run, config, secrets, progress, follow)
        work.queued = run.frontier_counts()["queued"]
        work.pages = run.count(Page)
        work.probed = run.count(Page, found_by="probe") > 0
        work.legal = any(legal for _, legal in run.values(Page, "legal", status=200))
        return work

    @property
    def start(self) -> str:
        """Where the shop begins."""
        return self.run.noted("start_url") or self.config.shop

    def begin_at(self, url: str) -> None:
        """The shop begins here: the start address or where it redirected to."""
        self.run.note("start_url", url)
        self.follow = Follow(Scope(self.config.crawl, self.config.shop, url), self.config.crawl)

    def may_take(self) -> bool:
        """Whether there is an address to fetch within the page limit."""
        return not self.stopping and self.queued > 0 and self.pages + self.in_hand < self.config.crawl.max_pages

    def take(self) -> Address | None:
        """The next address, now in hand. Sitemaps wait until nothing else is: what links lead to is known by its links."""
        if not self.may_take():
            return None
        address = self.run.take(before=SITEMAP_PRIORITY if self.in_hand else None)
        if address is not None:
            self.queued -= 1
            self.in_hand += 1
        return address

    def tell(self, text: str) -> None:
        """Note something for the reader once."""
        if text not in self.told and len(self.told) < 20:
            self.told.add(text)
            self.progress.note(text)
