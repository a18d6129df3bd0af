"""The bare spider that the crawl is compared with: ``python _bare_scrapy.py URL PRODUCTS``."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

sys.path.append(str(Path(__file__).parents[1] / "tests" / "shop"))
from bigshop import BigShop

SETTINGS = {
    "CONCURRENT_REQUESTS": 8,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class BareSpider(scrapy.Spider):
    """Fetches a list of addresses."""

    name = "bare"
    pages = 0

    async def start(self):
        for path in sorted(BigShop(self.products).paths()):
            yield scrapy.Request(self.url.rstrip("/") + path)

    def parse(self, response):
        BareSpider.pages += 1


if __name__ == "__main__":
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(BareSpider, url=sys.argv[1], products=int(sys.argv[2]))
    before = resource.getrusage(resource.RUSAGE_SELF)
    process.start()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print("end", json.dumps({"pages": BareSpider.pages, "cpu": cpu}))
