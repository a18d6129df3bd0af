"""robots.txt as RFC 9309 has it: missing means all is allowed, unreachable means nothing is."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy.http import Response

from auditor.spiders.identity import PRODUCT

MAX_ORIGINS = 200
MAX_REDIRECTS = 5  # RFC 9309 section 2.3.1.2
MAX_SIZE = 512 * 1024  # section 2.5 asks for at least 500 kibibytes
MAX_SITEMAPS = 100


@dataclass(slots=True)
class Rules:
    """What one origin's robots.txt says."""

    file: Protego | None = None  # None = everything is allowed
    unreachable: str = ""  # why nothing is allowed

    def forbids(self, url: str, agent: str) -> str:
        """Why the address must not be fetched; "" when it may be."""
        if self.unreachable:
            return self.unreachable
        return "robots.txt" if self.file is not None and not self.file.can_fetch(url, agent) else ""

    def delay(self, agent: str) -> float:
        """Crawl-delay in seconds; 0 when there is none."""
        return float(self.file.crawl_delay(agent) or 0) if self.file is not None else 0.0

    def sitemaps(self) -> list[str]:
        return list(self.file.sitemaps)[:MAX_SITEMAPS] if self.file is not None else []


class Robots:
    """The rules of each origin, fetched when first needed and kept for the crawl.

    ``fetch`` raises what Scrapy raises when there is no answer; ``found`` is told the rules of each new origin.
    """

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Response]],
        covers: Callable[[str], bool],
        found: Callable[[str, Rules], None],
    ) -> None:
        self._fetch, self._covers, self._found = fetch, covers, found
        self._rules: OrderedDict[str, asyncio.Future[Rules]] = OrderedDict()

    async def rules_for(self, url: str) -> Rules:
        """The rules that hold for an address. Raises what the fetching raised."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin))
            if len(self._rules) > MAX_ORIGINS:
                self._rules.popitem(last=False)
        # One request that is given up must not take the others' answer with it.
        return await asyncio.shield(self._rules[origin])

    async def _read(self, origin: str) -> Rules:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._fetch(url)
            location = answer.headers.get(b"Location", b"").decode("latin-1")
            if not (300 <= answer.status < 400 and location):
                break
            url = urljoin(url, location)
            if not self._covers(url):
                return Rules()
        rules = _rules_in(answer)
        self._found(origin, rules)
        return rules


def _rules_in(answer: Response) -> Rules:
    if answer.status == 429 or answer.status >= 500:
        return Rules(unreachable=f"robots.txt could not be read (status {answer.status})")
    if answer.status != 200:
        return Rules()
    return Rules(Protego.parse(answer.body[:MAX_SIZE].decode("utf-8-sig", "ignore")))


def agent_of(user_agent: str) -> str:
    """The product token by which robots.txt may address us (RFC 9309 section 2.2.1)."""
    return user_agent.split("/", 1)[0].split(" ", 1)[0] or PRODUCT
