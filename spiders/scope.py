"""What belongs to the shop."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.config import Crawl
from auditor.spiders.lexicon import words
from auditor.urls import host_of, site_of

_AFTER_NETLOC = re.compile(r"[/?#]")
_PORTS = {"http": 80, "https": 443}
_SKIPPED, _DOCUMENTS = words("files", "skipped"), words("files", "documents")


class Scope:
    """The shop's registrable domain (an IP address: itself), or the hosts that the configuration gives.

    Ports: the default ones and those of ``starts``, the addresses that the audit begins at.
    """

    def __init__(self, crawl: Crawl, *starts: str) -> None:
        self._hosts = {host.lower().rstrip(".") for host in crawl.hosts}
        self._starts = {host_of(start) for start in starts}
        self._sites = {site_of(host_of(start)) for start in starts}
        self._ports = {port_of(start) for start in starts} | set(_PORTS.values())
        self._include = [re.compile(pattern) for pattern in crawl.include]
        self._exclude = [re.compile(pattern) for pattern in crawl.exclude]
        self._covers_origin = lru_cache(maxsize=512)(self._origin_is_covered)

    def covers(self, url: str) -> bool:
        """Whether an address is the shop's, whatever the patterns say."""
        scheme, _, rest = url.partition("://")
        netloc = _AFTER_NETLOC.split(rest, maxsplit=1)[0]
        return self._covers_origin(scheme.lower(), netloc)

    def wants(self, url: str) -> bool:
        """Whether the include and exclude patterns let an address through."""
        included = not self._include or any(pattern.search(url) for pattern in self._include)
        return included and not any(pattern.search(url) for pattern in self._exclude)

    def same_site(self, url: str) -> bool:
        """Whether an address is on the shop's site or hosts, ports aside."""
        host = host_of(url)
        if self._hosts:
            return host in self._hosts or host in self._starts
        return site_of(host) in self._sites

    def _origin_is_covered(self, scheme: str, netloc: str) -> bool:
        origin = f"{scheme}://{netloc}/"
        return scheme in _PORTS and self.same_site(origin) and port_of(origin) in self._ports


def port_of(url: str) -> int:
    """The port of an http(s) address; 0 when there is none or it is broken."""
    try:
        parts = urlsplit(url)
        return parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return 0


def is_file(url: str, document_wanted: bool) -> bool:
    """Whether the ending tells that an address is no page; documents pass when they are wanted (a legal text as PDF)."""
    name = url.partition("?")[0].rpartition("/")[2]
    if "." not in name:
        return False
    ending = name.rpartition(".")[2].lower()
    return ending in _SKIPPED or (ending in _DOCUMENTS and not document_wanted)
