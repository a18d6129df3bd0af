"""Where an address of the shop leads in the end, as far as the crawl went."""

from __future__ import annotations

from typing import Literal

from auditor.model import Page, record
from auditor.site import MAX_REDIRECTS, Site


@record
class Arrival:
    """``page`` is the last one that was fetched: for ``end`` the one that answered, else the last redirect, if any."""

    how: Literal["end", "loop", "elsewhere", "not-crawled"]
    page: Page | None = None
    hops: int = 0


def arrival(site: Site, url: str) -> Arrival:
    """Follow the redirects from ``url``. ``elsewhere``: they leave the shop."""
    last, seen = None, set()
    page = site.page(url)
    while page is not None and page.redirect_to:
        last = page
        if page.url in seen or len(seen) >= MAX_REDIRECTS:
            return Arrival(how="loop", page=page, hops=len(seen))
        seen.add(page.url)
        if not site.own(page.redirect_to):
            return Arrival(how="elsewhere", page=page, hops=len(seen))
        page = site.page(page.redirect_to.partition("#")[0])
    if page is None:
        return Arrival(how="not-crawled", page=last, hops=len(seen))
    return Arrival(how="end", page=page, hops=len(seen))
