"""Scrapy's downloader middleware that keeps the crawl polite: robots.txt, Retry-After, pauses, few retries."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from auditor.spiders import robots, trouble
from auditor.spiders.identity import headers_for, meta_for
from auditor.spiders.work import Work, sitemap_address
from auditor.urls import cleaned

TOO_MANY = frozenset({429, 503})
PASSING = frozenset({500, 502, 504, 408, 520, 521, 522, 523, 524})
MAX_RETRIES = 2
MAX_PATIENCE = 5  # retries of an answer that asks for patience
LONGEST_PAUSE = 120.0  # seconds of Retry-After that are waited; when a shop asks for more, the crawl ends
LONGEST_CRAWL_DELAY = 30.0
FIRST_GAP, LONGEST_GAP = 0.25, 10.0  # seconds between requests after "too many requests"
EASE_AFTER = 25  # good answers in a row after which the gap is halved
MAX_HOSTS = 200
TRANSIENT = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


class Pace:
    """When the next request to one host may leave. Times are the loop's."""

    def __init__(self) -> None:
        self.least_gap = 0.0  # what robots.txt asks for
        self._gap = 0.0
        self._free_at = 0.0
        self._slowed_at = 0.0
        self._good = 0

    async def turn(self) -> float:
        """Wait for this request's turn, also through a pause that begins meanwhile; when it left."""
        clock = asyncio.get_running_loop().time
        while (now := clock()) < self._free_at:
            await asyncio.sleep(self._free_at - now)
        self._free_at = max(self._free_at, now + max(self._gap, self.least_gap))
        return now

    def slow_down(self, seconds: float, left: float) -> None:
        """The host asked a request that ``left`` then for patience: so many seconds, and longer gaps afterwards.

        What was in flight when it asked first is refused as well, and says nothing about the new gap.
        """
        now = asyncio.get_running_loop().time()
        if left >= self._slowed_at:
            self._gap = min(max(self._gap * 2, FIRST_GAP), LONGEST_GAP)
            self._slowed_at = now
        self._free_at = max(self._free_at, now + max(seconds, self._gap))
        self._good = 0

    def ease(self) -> None:
        """A good answer."""
        self._good += 1
        if self._gap and self._good >= EASE_AFTER:
            self._good = 0
            self._gap = self._gap / 2 if self._gap > FIRST_GAP / 2 else 0.0


class Politeness:
    """Holds requests back, retries what may pass, and refuses what robots.txt forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._paces: OrderedDict[str, Pace] = OrderedDict()
        self._robots = robots.Robots(self._fetch_robots, self._covers, self._found)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        return cls(crawler)

    @property
    def _work(self) -> Work:
        return self._crawler.spider.work

    @property
    def _agent(self) -> str:
        return robots.agent_of(self._work.config.user_agent)

    async def process_request(self, request: Request) -> None:
        if not request.meta.get("robots"):
            await self._ask_robots(request.url)
        request.meta["left"] = await self._pace(request.url).turn()

    async def _ask_robots(self, url: str) -> None:
        """Raises IgnoreRequest when robots.txt forbids the address; it names sitemaps, too."""
        crawl = self._work.config.crawl
        if crawl.robots:
            if reason := (await self._robots.rules_for(url)).forbids(url, self._agent):
                raise IgnoreRequest(reason)
        elif crawl.sitemaps:
            with contextlib.suppress(Exception):
                await self._robots.rules_for(url)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        pace = self._pace(request.url)
        if response.status in TOO_MANY:
            if long_pause(response):
                return response
            asked = retry_after(response.headers.get(b"Retry-After", b"").decode("latin-1"))
            if response.status == 429 or asked is not None:
                pace.slow_down(1.0 if asked is None else asked, request.meta["left"])
                return self._again(request, MAX_PATIENCE) or response
        if response.status in PASSING or response.status in TOO_MANY:
            return await self._again_later(request) or response
        pace.ease()
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if isinstance(exception, TRANSIENT) and not trouble.is_final(exception):
            return await self._again_later(request)
        return None

    async def _again_later(self, request: Request) -> Request | None:
        again = self._again(request, MAX_RETRIES)
        if again is not None:
            await asyncio.sleep(0.5 * 2 ** request.meta.get("retries", 0))
        return again

    def _again(self, request: Request, most: int) -> Request | None:
        done = request.meta.get("retries", 0)
        if done >= most or self._work.stopping:
            return None
        return request.replace(meta={**request.meta, "retries": done + 1}, dont_filter=True)

    def _pace(self, url: str) -> Pace:
        host = urlsplit(url).netloc
        pace = self._paces.get(host)
        if pace is None:
            pace = self._paces[host] = Pace()
            if len(self._paces) > MAX_HOSTS:
                self._paces.popitem(last=False)
        return pace

    # --- robots.txt ---

    def _covers(self, url: str) -> bool:
        return self._work.follow.scope.covers(url)

    async def _fetch_robots(self, url: str) -> Response:
        work = self._work
        request = Request(
            url,
            callback=NO_CALLBACK,
            headers=headers_for(url, work.config, work.secrets),
            meta={"robots": True, "whole": True, **meta_for(url, work.config)},
        )
        return await self._crawler.engine.download_async(request)

    def _found(self, origin: str, rules: robots.Rules) -> None:
        """A new origin's rules: keep its pace, and queue the sitemaps that it names."""
        work = self._work
        if work.config.crawl.robots and (asked := rules.delay(self._agent)):
            self._pace(origin).least_gap = min(asked, LONGEST_CRAWL_DELAY)
            work.tell(f"robots.txt asks for {asked:g} seconds between two requests; the crawl takes that long.")
        if work.config.crawl.sitemaps and not work.stopping:
            named = (cleaned(url) for url in rules.sitemaps())
            work.queued += work.run.offer(sitemap_address(url) for url in named if url and self._covers(url))


def long_pause(response: Response) -> float:
    """The seconds for which an answer asks the crawl to stay away, when they are too many to be waited; else 0."""
    if response.status not in TOO_MANY:
        return 0.0
    asked = retry_after(response.headers.get(b"Retry-After", b"").decode("latin-1")) or 0.0
    return asked if asked > LONGEST_PAUSE else 0.0


def retry_after(value: str) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 section 10.2.3); None when it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
