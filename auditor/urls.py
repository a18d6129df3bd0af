"""Addresses: hosts, sites (registrable domains), and what of an address may be kept.

"Site" is the browsers' word: the public suffix plus one label (publicsuffix.org). An IP address and a name below
``.localhost`` are sites of their own kind: the address itself, and the label below ``.localhost``.

Two addresses are one page when ``normalised`` makes the same text of them. It is conservative: case and trailing slashes of
paths stay as they are, and of a query only what is known to carry a session or a campaign goes.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Container, Mapping
from functools import cache, lru_cache, partial
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

from auditor.model import ValueShape, telling_pieces

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


# Names of files that are the same for everybody, whatever their digits say.
_FILE = re.compile(r"\.(?:m?js|css|map|wasm|woff2?|[ot]tf|eot|svg|webp|avif|jpe?g|ico|mp[34]|webm)\Z", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_IN_SEGMENT = "!$&'()*+,;=:@~"
Shape = Callable[[str], ValueShape]
Shapes = Mapping[str, ValueShape]


def redacted(
    url: str, key: bytes, *, foreign: bool = False, stored: Container[str] = frozenset(), shape: Shape | None = None
) -> tuple[str, Shapes]:
    """An address without what may identify a visitor, and the shapes of its values under the run's key.

    Credentials and the fragment are dropped. A query value that is long, or has a run of digits, becomes ``…``, and so does
    whatever in a name could identify somebody. In a ``foreign`` address, unless it is that of a file, UUIDs and the
    ``stored`` pieces of values in the path become ``…`` too; their shape is named by the number of their segment, ``/2``,
    as that of a fragment's value is named ``#name``. ``shape`` makes the shape of a value, if not ``ValueShape.of``.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.partition("?")[0][:200], {}
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return f"{parts.scheme}:…", {}
    shape = shape or partial(ValueShape.of, key=key)
    query, shapes = _redacted_query(parts.query, shape)
    path = parts.path[:1000]
    if foreign and not _FILE.search(path):
        path, more = _redacted_path(path, stored, shape)
        shapes |= more
    shapes |= _in_fragment(parts.fragment, shape) if parts.fragment else {}
    bare_host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{bare_host}{port}", path, query[:2000], "")), shapes


def _redacted_query(query: str, shape: Shape) -> tuple[str, dict[str, ValueShape]]:
    kept, shapes = [], {}
    for name, value in parse_qsl(query, keep_blank_values=True)[:200] if query else ():
        shown = masked(name)
        shapes[shown] = shape(value if shown == name else value or name)
        kept.append(f"{_quoted(shown)}={quote(value) if _harmless(value) else '…'}")
    return "&".join(kept), shapes


def masked(name: str) -> str:
    """The name of a field without what could identify somebody, at most 100 characters."""
    for piece in telling_pieces(name):
        name = name.replace(piece, "…")
    return name[:100]


def _redacted_path(path: str, stored: Container[str], shape: Shape) -> tuple[str, dict[str, ValueShape]]:
    segments, shapes = path.split("/"), {}
    for number, segment in enumerate(segments):
        pieces = [piece for piece in telling_pieces(segment) if piece in stored or _UUID.fullmatch(piece)]
        if not pieces:
            continue
        shapes[f"/{number}"] = shape(" ".join(pieces))
        plain = unquote(segment)
        for piece in pieces:
            plain = plain.replace(piece, "…")
        # What only shows when it is decoded cannot be cut out of it.
        segments[number] = _quoted(plain, _IN_SEGMENT) if "…" in plain else "…"
    return "/".join(segments), shapes


def _quoted(text: str, safe: str = "/") -> str:
    return quote(text, safe=safe).replace("%E2%80%A6", "…")


def _in_fragment(fragment: str, shape: Shape) -> dict[str, ValueShape]:
    """What a fragment tells the script that reads it; mere anchors tell nothing."""
    pairs = parse_qsl(fragment, keep_blank_values=True)[:50] if "=" in fragment else [("", fragment)]
    shapes = {f"#{masked(name)}": shape(value) for name, value in pairs}
    return {name: found for name, found in shapes.items() if found.parts}


# What gcd of Google's tags says: states of consent, a letter each, which are the same for all visitors who chose the same.
_CONSENT_STATES = re.compile(r"1\d(?:[a-z]\d){4}(?:[a-z]\d){0,2}")


def _harmless(value: str) -> bool:
    plain = len(value) <= KEPT_VALUE and sum(character.isdigit() for character in value) <= 4
    return plain or _CONSENT_STATES.fullmatch(value) is not None
