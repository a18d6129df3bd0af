"""Reads sitemaps (sitemaps.org): plain, gzipped, as text, and indexes of them. Bounded in size, number and depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from scrapy.http import Response
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap

MAX_LOCATIONS = 50_000  # the protocol's limit for one file
MAX_NESTING = 3
MAX_FILES = 500  # sitemaps that one index may name


@dataclass(slots=True)
class Read:
    """What one sitemap names."""

    pages: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)


def read(response: Response, hops: int, max_size: int) -> Read:
    """The addresses in a sitemap; none when it is not one."""
    body = response.body
    if gzip_magic_number(response):
        try:
            body = gunzip(body, max_size=max_size)
        except (OSError, EOFError, ValueError):
            return Read()
    try:
        sitemap = Sitemap(body)
        if sitemap.type == "sitemapindex":
            most = MAX_FILES if hops < MAX_NESTING else 0
            return Read(sitemaps=list(islice(_locations(sitemap, alternates=False), most)))
        if sitemap.type == "urlset":
            return Read(pages=list(islice(_locations(sitemap, alternates=True), MAX_LOCATIONS)))
    except (etree.XMLSyntaxError, StopIteration, ValueError):
        pass
    return Read(pages=_lines(body))


def _locations(sitemap: Sitemap, alternates: bool) -> Iterator[str]:
    for entry in sitemap:
        yield entry["loc"]
        if alternates:
            yield from entry.get("alternate", ())


def _lines(body: bytes) -> list[str]:
    """A sitemap may be a text of one address a line; anything else has no such lines."""
    lines = (line.strip() for line in body[:5_000_000].decode("utf-8-sig", "ignore").splitlines())
    return [line for line in islice(lines, MAX_LOCATIONS) if line.startswith(("http://", "https://"))]
