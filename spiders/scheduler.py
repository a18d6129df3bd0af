"""Scrapy's scheduler over the run's frontier: a crawl that was killed goes on where it stood."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

if TYPE_CHECKING:
    from auditor.spiders.shop import ShopSpider


class RunScheduler(BaseScheduler):
    """Takes addresses from the run. What is enqueued are retries; they are as many as requests are in flight."""

    def open(self, spider: ShopSpider) -> None:
        self._spider = spider
        self._again: deque[Request] = deque()

    def has_pending_requests(self) -> bool:
        return bool(self._again) or self._spider.work.may_take()

    def enqueue_request(self, request: Request) -> bool:
        self._again.append(request)
        return True

    def next_request(self) -> Request | None:
        if self._again:
            return self._again.popleft()
        address = self._spider.work.take()
        return None if address is None else self._spider.request(address)
