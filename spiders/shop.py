"""The spider over the whole shop: each answer becomes a page of the run, in one transaction with what it links to."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest, StopDownload, UsageError
from scrapy.http import Response, TextResponse
from scrapy.http.headers import Headers
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from auditor.legal import kinds_of
from auditor.model import LinkBlock, Page
from auditor.spiders import extract, sitemaps, trouble
from auditor.spiders.answer import MAX_COOKIES, PAGE_TYPES, content_type, cookie_pairs, head_of, may_be_page
from auditor.spiders.follow import Origin
from auditor.spiders.identity import headers_for, meta_for
from auditor.spiders.politeness import MAX_PATIENCE, long_pause
from auditor.spiders.work import SITEMAP_KEY, Work, sitemap_address
from auditor.store import Address, RunError
from auditor.urls import cleaned, host_of, normalised

MAX_SAMPLES = 40  # pages of one shape whose HTML is kept because their skeleton is new
MAX_COOKIE_TRIES = 2
PROBE = "probe"  # how a page is found that is none of the shop's
log = logging.getLogger(__name__)


class ShopSpider(Spider):
    """Fetches what the run's frontier holds. It yields nothing: what it finds goes into the run."""

    name = "shop"
    work: Work

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ShopSpider:
        if "work" not in kwargs:
            raise UsageError("this spider works on a run; `auditor crawl URL` makes one")
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_headers, signal=signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler takes addresses from the run."""
        for request in ():
            yield request

    def request(self, address: Address) -> Request:
        """The request for an address of the frontier."""
        work = self.work
        meta = {"address": address, "whole": address.key.startswith(SITEMAP_KEY), **meta_for(address.url, work.config)}
        headers = headers_for(address.url, work.config, work.secrets)
        if work.demanded:
            demanded = "; ".join(f"{name}={value}" for name, value in work.demanded.items())
            headers["Cookie"] = "; ".join(filter(None, (headers.get("Cookie"), demanded)))
        return Request(address.url, self.parse, errback=self.failed, headers=headers, meta=meta)

    def on_headers(self, headers: Headers, request: Request) -> None:
        """Stop the download of what is no page: an image, an archive, a PDF."""
        if not request.meta.get("whole") and not may_be_page(headers.get(b"Content-Type")):
            raise StopDownload(fail=False)

    # --- answers ---

    def parse(self, response: Response) -> Request | None:
        """Take an answer in."""
        if self.work.stopping:
            return None
        address = response.meta["address"]
        try:
            again = self._take_in(address, response)
        except (sqlite3.Error, RunError, OSError) as error:
            self._break_off(error)
        except Exception:
            log.exception("reading %s", address.url)
            self._store(address, Page(url=address.url, **_known(address), failure="it could not be read"))
        else:
            if again is not None:
                return again
        self._done()
        return self._probe(address) if response.status == 200 else None

    def _take_in(self, address: Address, response: Response) -> Request | None:
        location = response.headers.get(b"Location", b"").decode("utf-8", "replace").strip()
        if address.key.startswith(SITEMAP_KEY):
            self._read_sitemap(address, response, location)
        elif 300 <= response.status < 400 and location:
            return self._redirected(address, response, extract.joined(address.url, location))
        elif (pause := long_pause(response)) and address.depth > 0:
            self._give_up(trouble.about_pause(pause, self.work.pages))
        elif address.depth == 0 and response.status >= 400:
            self._give_up(trouble.about_status(response))
        elif content_type(response) in PAGE_TYPES and response.status == 200 and isinstance(response, TextResponse):
            self._read_page(address, response)
        elif address.depth == 0:
            self._give_up(trouble.about_type(address.url, content_type(response)))
        else:
            self._store(address, Page(url=address.url, **_known(address), **head_of(response)))
        return None

    def _read_sitemap(self, address: Address, response: Response, location: str) -> None:
        work = self.work
        found = sitemaps.Read()
        if 300 <= response.status < 400 and location:
            found.sitemaps.append(extract.joined(address.url, location))
        elif response.status == 200:
            found = sitemaps.read(response, address.hops, work.config.crawl.max_size)
        origin = Origin(url=address.url, depth=0)
        named = (work.follow.named(extract.joined(address.url, url), origin, "sitemap") for url in found.pages)
        further = (
            cleaned(extract.joined(address.url, url)) for url in found.sitemaps if address.hops < sitemaps.MAX_NESTING
        )
        with work.run.transaction():
            offered = [sitemap_address(url, address.hops + 1) for url in further if work.follow.scope.covers(url)]
            new = work.run.offer(offered) + work.follow.offer(work.run, (page for page in named if page is not None))
            work.run.leave(address, ())
        work.queued += new

    # --- the address that cannot exist ---

    def _probe(self, address: Address) -> Request | None:
        """Once a run, as soon as a legal page has answered: what the shop says of a page that is not there.

        Broken links to legal pages that answer "200 OK" are told by it. It is no entry of the frontier and counts nowhere.
        """
        work = self.work
        work.legal = work.legal or bool(kinds_of(address.text, address.url))
        if work.probed or work.stopping or not work.legal:
            return None
        work.probed = True
        url = probe_address(work.start)
        if not work.follow.scope.covers(url) or not work.follow.scope.wants(url):
            return None
        headers = headers_for(url, work.config, work.secrets)
        meta = meta_for(url, work.config)
        return Request(url, self.parse_probe, errback=self.no_probe, headers=headers, meta=meta)

    def parse_probe(self, response: Response) -> None:
        """Keep the answer beside the pages."""
        if self.work.stopping:
            return
        location = response.headers.get(b"Location", b"").decode("utf-8", "replace").strip()
        target = extract.joined(response.url, location).partition("#")[0] if location else ""
        fields = {**head_of(response), "found_by": PROBE, "redirect_to": target}
        run = self.work.run
        try:
            if not location and content_type(response) in PAGE_TYPES and isinstance(response, TextResponse):
                page, _ = extract.page_from_html(response.url, response.text, **fields)
                html = run.put_blob(response.text.encode("utf-8", "replace"))
                run.add(dataclasses.replace(page, html=html, legal=(), news=()))
            else:
                run.add(Page(url=response.url, **fields))
        except (sqlite3.Error, RunError, OSError) as error:
            self._break_off(error)

    def no_probe(self, failure: Failure) -> None:
        """No answer, or robots.txt forbids to ask: soft 404s are then told by what they say alone."""
        log.info("no answer from an address that cannot exist: %r", failure.value)

    # --- redirects ---

    def _redirected(self, address: Address, response: Response, target: str) -> Request | None:
        work = self.work
        if normalised(target) == address.key and (again := self._with_cookies(response)):
            return again
        following = work.follow.redirect(target, address)
        page = Page(url=address.url, **_known(address), **head_of(response), redirect_to=target.partition("#")[0])
        if following is None and address.depth == 0:
            self._give_up(trouble.about_redirect(address.url, target, address.hops))
        elif following is not None and following.key == address.key:
            page = dataclasses.replace(page, failure="it redirects to itself")
            if address.depth == 0:
                self._give_up(trouble.about_redirect(address.url, target, 1))
        self._store(address, page, lambda _: filter(None, [following]))
        return None

    def _with_cookies(self, response: Response) -> Request | None:
        """A page that redirects to itself and sets a cookie wants the cookie; from then on the shop gets it."""
        tries = response.meta.get("cookie_tries", 0)
        cookies = cookie_pairs(response.headers)
        if not cookies or tries >= MAX_COOKIE_TRIES or len(self.work.demanded) > MAX_COOKIES:
            return None
        self.work.demanded |= cookies
        again = self.request(response.meta["address"])
        again.meta["cookie_tries"] = tries + 1
        return again

    # --- pages ---

    def _read_page(self, address: Address, response: TextResponse) -> None:
        text = response.text
        head = head_of(response)
        facts = extract.read(address.url, text)
        page, blocks = extract.page_from_facts(address.url, facts, link_text=address.text, **_known(address), **head)
        if page.redirect_to and normalised(page.redirect_to) == address.key:
            page = dataclasses.replace(page, redirect_to="")
        if "noindex" in head["headers"].get("x-robots-tag", "").lower():
            page = dataclasses.replace(page, noindex=True)
        if address.depth == 0 and not page.redirect_to:
            self.work.begin_at(address.url)
        keys = [*facts.news, *(f"cookie:{cookie.name}" for cookie in page.cookies)]
        self._store(address, page, lambda page: self._found(address, page, blocks, facts.frames), blocks, keys, text)

    def _kept(self, page: Page, text: str) -> str:
        """The blob of the page's HTML where it is to be kept: legal pages, and samples of each make."""
        run, wish = self.work.run, self.work.config.crawl.keep_html
        wanted = wish == "all" or (wish == "legal" and (bool(page.legal) or self._is_sample(page)))
        return run.put_blob(text.encode("utf-8", "replace")) if wanted else ""

    def _is_sample(self, page: Page) -> bool:
        run = self.work.run
        if not run.is_news([f"make:{page.shape} {page.skeleton}"]):
            return False
        return any(run.is_news([f"sample:{page.shape} {number}"]) for number in range(MAX_SAMPLES))

    def _found(
        self, address: Address, page: Page, blocks: Sequence[LinkBlock], frames: Iterable[str]
    ) -> Iterator[Address]:
        """What the page leads to; the links of a block that is known were offered when it was first seen."""
        follow, run = self.work.follow, self.work.run
        here = Origin(url=address.url, depth=address.depth)
        if page.redirect_to and (target := follow.redirect(page.redirect_to, address)):
            yield target
        if address.depth >= self.work.config.crawl.max_depth:
            return
        fresh = (block for block in blocks if run.is_news([f"links:{block.digest}"]))
        yield from follow.links((link for block in fresh for link in block.links), here)
        named = [(page.canonical, "canonical"), *((url, "hreflang") for url in page.alternates.values())]
        for url, found_by in (*named, *((url, "link") for url in frames)):
            if url and (address_named := follow.named(url, here, found_by)):
                yield address_named

    def _store(
        self,
        address: Address,
        page: Page,
        found: Callable[[Page], Iterable[Address]] = lambda _: (),
        blocks: Sequence[LinkBlock] = (),
        news: Iterable[str] = (),
        text: str | None = None,
    ) -> None:
        """Write the page, what is new about it and what it leads to, in one transaction."""
        work = self.work
        with work.run.transaction():
            html = "" if text is None else self._kept(page, text)
            page = dataclasses.replace(page, news=work.run.is_news(news), html=html)
            addresses = list(found(page))
            work.run.finish(address, page, blocks, ())
            new = work.follow.offer(work.run, addresses)
        work.queued += new
        work.pages += 1
        work.progress.pages(work.pages, work.queued, address.url)

    # --- no answer ---

    async def failed(self, failure: Failure) -> None:
        """There was no answer, or robots.txt forbids to ask."""
        address: Address = failure.request.meta["address"]
        if self.work.stopping:
            return
        try:
            if failure.check(IgnoreRequest) and "robots.txt" in str(failure.value):
                self._forbidden(address, str(failure.value))
            elif address.key.startswith(SITEMAP_KEY):
                self.work.run.leave(address, ())
            else:
                await self._unanswered(address, failure.value)
        except (sqlite3.Error, RunError, OSError) as error:
            self._break_off(error)
        self._done()

    def _forbidden(self, address: Address, reason: str) -> None:
        if address.depth == 0 and not address.key.startswith(SITEMAP_KEY):
            self._give_up(trouble.about_robots(address.url, reason))
        else:
            self.work.run.skip(address, reason)

    async def _unanswered(self, address: Address, error: Exception) -> None:
        work = self.work
        if address.depth == 0:
            work.failure = (address.url, error)
            work.stopping = True
        elif host_of(address.url) == host_of(work.start) and not await self._is_there():
            work.gone = work.stopping = True
        if not work.stopping:
            reason = trouble.failure_of(error, address.url, work.config)
            self._store(address, Page(url=address.url, **_known(address), failure=reason))

    async def _is_there(self) -> bool:
        """Whether the shop answers at all: one page that does not is a fault, all of them are no audit."""
        work = self.work
        meta = {"robots": True, "retries": MAX_PATIENCE, **meta_for(work.start, work.config)}
        headers = headers_for(work.start, work.config, work.secrets)
        try:
            await self.crawler.engine.download_async(
                Request(work.start, callback=NO_CALLBACK, headers=headers, meta=meta)
            )
        except Exception as error:
            log.warning("the shop does not answer: %r", error)
            return False
        return True

    # --- the end ---

    def _done(self) -> None:
        self.work.in_hand -= 1
        if self.work.stopping:
            raise CloseSpider("stopped")

    def _give_up(self, sentence: str) -> None:
        """The shop as a whole cannot be audited. What was asked for stays queued, for a run that resumes."""
        self.work.trouble = sentence
        self.work.stopping = True

    def _break_off(self, error: Exception) -> None:
        self.work.broken = error
        self.work.stopping = True


def probe_address(start: str) -> str:
    """An address that no shop has, the same in every run of one shop."""
    parts = urlsplit(start)
    token = hashlib.sha256(host_of(start).encode()).hexdigest()[:20]
    return f"{parts.scheme}://{parts.netloc}/{token}"


def _known(address: Address) -> dict[str, Any]:
    """The fields of Page that the frontier knows."""
    return {"depth": address.depth, "found_by": address.found_by, "referrer": address.referrer}
