"""Addresses: hosts, sites (registrable domains), and what of an address may be kept.

"Site" is the browsers' word: the public suffix plus one label (publicsuffix.org). An IP address and a name below
``.localhost`` are sites of their own kind: the address itself, and the label below ``.localhost``.

Two addresses are one page when ``normalised`` makes the same text of them. It is conservative: case and trailing slashes of
paths stay as they are, and of a query only what is known to carry a session or a campaign goes.
"""

from __future__ import annotations

import ipaddress
import re
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


_DEFAULT_PORTS = {"http": 80, "https": 443}
_CAMPAIGN = re.compile(
    r"(?:utm|hsa|mtm|matomo|piwik|pk|oly|vero|pr_rec|pr_ref|pr_prod)_\w+|[gdm]clid|gclsrc|gbraid|wbraid|fbclid|msclkid|ttclid|"
    r"twclid|yclid|ysclid|igshid|li_fat_id|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|__hs\w+|mkt_tok|srsltid|epik|zanpid|awc|irclickid|"
    r"cjevent|sscid|_pos|_ss|_psq|_fid|wickedid|s_kwcid|ef_id|dm_i|ns_\w+|xtor|gad_source|gad_campaignid",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\w*sess(?:ion)?_?id|aspsessionid\w*|oscsid|xtcsid|mosid|zenid|cfid|cftoken|trans_?sid|viewstate", re.IGNORECASE
)
_MAYBE_SESSION = re.compile(r"_?s(?:id|ess|ession|hop_sid)|session", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"(?=[^/]*\d)[0-9a-zA-Z,._-]{8,}")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid|cfid|cftoken)=[^/?;]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_NEEDS_ESCAPE = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5a\x5f\x61-\x7a\x7e]")
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[A-Za-z0-9_~,-][A-Za-z0-9_.~,-]*)*/?", re.ASCII)
LONGEST_URL = 2000


@lru_cache(maxsize=2048)
def cleaned(url: str) -> str:
    """An http(s) address as it is fetched; "" for any other, a broken or an endless one.

    Scheme and host are in lower case, without credentials, default port and fragment; dot segments are resolved, escapes are
    in the one form of RFC 3986 section 6.2.2; parameters of sessions and campaigns are gone. The order of parameters stays.
    """
    if _PLAIN.fullmatch(url) and url.count("/") > 2 and len(url) <= LONGEST_URL:
        return url
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    scheme, host = parts.scheme.lower(), _ascii_host(parts.hostname or "")
    if scheme not in _DEFAULT_PORTS or not host or len(url) > LONGEST_URL:
        return ""
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _resolved(_escaped(_PATH_SESSION.sub("", parts.path))) or "/"
    query = "&".join(_kept_parameters(parts.query)) if parts.query else ""
    return f"{scheme}://{netloc}{path}?{query}" if query else f"{scheme}://{netloc}{path}"


@lru_cache(maxsize=2048)
def normalised(url: str) -> str:
    """What makes two addresses one: the cleaned address with its parameters in one order; "" when there is none."""
    address = cleaned(url)
    head, mark, query = address.partition("?")
    if not mark or "&" not in query:
        return address
    # Values of one name keep their order: "a=1&a=2" may differ from "a=2&a=1".
    return f"{head}?{'&'.join(sorted(query.split('&'), key=lambda pair: pair.partition('=')[0]))}"


def _ascii_host(host: str) -> str:
    host = host.rstrip(".")
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _escaped(text: str) -> str:
    """Escape what must not stand in an address, and unescape what need not be escaped."""
    if "%" in text:
        text = _ESCAPE.sub(lambda found: _plain_escape(found[0]), text)
    return _NEEDS_ESCAPE.sub(lambda found: quote(found[0], safe="%"), text)


def _plain_escape(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character in _UNRESERVED else escape.upper()


def _resolved(path: str) -> str:
    """RFC 3986 section 5.2.4: without dot segments."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    ending = "/" if path.endswith(("/.", "/..")) and kept else ""
    return "/" + "/".join(kept) + ending


def _kept_parameters(query: str) -> list[str]:
    return [_escaped(pair) for pair in query.split("&") if pair and not _carries_state(pair)]


def _carries_state(pair: str) -> bool:
    """Whether a parameter is there for a session or a campaign and not for the page."""
    name, _, value = pair.partition("=")
    if _CAMPAIGN.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    return _MAYBE_SESSION.fullmatch(name) is not None and _SESSION_VALUE.fullmatch(value) is not None


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
