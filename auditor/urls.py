"""Addresses: hosts, sites (registrable domains), and what of an address may be kept.

"Site" is the browsers' word: the public suffix plus one label (publicsuffix.org). An IP address and a name below
``.localhost`` are sites of their own kind: the address itself, and the label below ``.localhost``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

from auditor.model import ValueShape

KEPT_VALUE = 12  # longest query value that is kept as it is when it holds no digits run long enough to identify anybody


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def host_of(url: str) -> str:
    """Host of an address, lower case, without port; "" when there is none or the address is broken."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=65536)
def site_of(host: str) -> str:
    """The registrable domain of a host; the host itself for IP addresses, ``localhost`` and public suffixes."""
    host = host.strip("[]").lower().rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _suffixes().privatesuffix(host) or host


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site, ports and schemes aside (as cookies see it)."""
    return site_of(host_of(one)) == site_of(host_of(other))


def redacted(url: str, key: bytes) -> tuple[str, Mapping[str, ValueShape]]:
    """An address without what may identify a visitor, and the shapes of its query values under the run's key.

    Credentials and the fragment are dropped. A query value that is long, or has a run of digits, becomes ``…``.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.partition("?")[0][:200], {}
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return f"{parts.scheme}:…", {}
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)[:200]
    shapes = {name[:100]: ValueShape.of(value, key) for name, value in pairs}
    query = "&".join(f"{quote(name[:100])}={quote(value) if _harmless(value) else '…'}" for name, value in pairs)
    bare_host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{bare_host}{port}", parts.path[:1000], query[:2000], "")), shapes


def _harmless(value: str) -> bool:
    return len(value) <= KEPT_VALUE and sum(character.isdigit() for character in value) <= 4
