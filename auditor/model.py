"""The words of a run as frozen records: evidence, findings, results.

Evidence is written by the collectors in ``spiders/`` and never changed afterwards; findings and results are
made from it by the rules. Every record gets an id of the form ``"cookie:12"`` when the run stores it.

Units: times are seconds; ``at`` is seconds since the visit's navigation started; ``lifetime`` is the requested
lifetime of a cookie in seconds, ``None`` for a session cookie. Addresses are absolute URLs; hosts are lower case
without a port.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import unquote

SCENARIOS = ("untouched", "rejected", "accepted", "withdrawn", "gpc")
PROFILES = ("eu", "de", "fr", "uk", "us-ca", "kr", "cn", "jp", "br", "qc")
# Where a browser's Global Privacy Control signal is an opt-out by law (Cal. Code Regs. tit. 11, § 7025).
GPC_PROFILES = frozenset({"us-ca"})
IMPLIED_PROFILES: Mapping[str, tuple[str, ...]] = {"de": ("eu",), "fr": ("eu",)}
SEVERITIES = ("error", "warning", "notice")
LEGAL_KINDS = (
    "privacy",
    "cookies",
    "terms",
    "copyright",
    "imprint",
    "returns",
    "contact",
    "do-not-sell",
    "seller",
)

Severity = Literal["error", "warning", "notice"]
Confidence = Literal["high", "medium", "low"]
Outcome = Literal["pass", "fail", "inapplicable", "unknown", "error"]
# before, after: the scenario's choice (in ``withdrawn`` the withdrawal) · scrolled: after scrolling and a click beside the request
Phase = Literal["before", "after", "scrolled"]
Viewport = Literal["desktop", "phone"]
Place = Literal["header", "nav", "main", "footer", "aside", "banner"]

record = dataclass(frozen=True, slots=True, kw_only=True)


def scenarios_for(profiles: Iterable[str]) -> tuple[str, ...]:
    """The scenarios that matter where one sells to."""
    return tuple(name for name in SCENARIOS if name != "gpc" or GPC_PROFILES.intersection(profiles))


# --- parts of records -------------------------------------------------------------------------------------------


@record
class ValueShape:
    """What is kept of a cookie's, storage item's or parameter's value: enough to compare, too little to leak."""

    length: int = 0
    charset: str = "empty"  # empty | digits | hex | uuid | alnum | base64 | text
    digest: str = ""  # HMAC-SHA-256 under the run's key, 16 hex digits
    parts: tuple[str, ...] = ()  # digests of the pieces that could tell one browser from all others, at most MAX_PARTS

    @classmethod
    def of(cls, value: str, key: bytes) -> ValueShape:
        """The shape of ``value`` under the run's ``key``; the key is forgotten when the run is complete."""
        parts = tuple(digest(piece, key) for piece in telling_pieces(value))
        return cls(length=len(value), charset=_charset(value), digest=digest(value, key) if value else "", parts=parts)


def digest(value: str, key: bytes) -> str:
    """HMAC-SHA-256 of a value under a run's key, 16 hex digits."""
    return hmac.digest(key, value.encode("utf-8", "surrogatepass"), "sha256").hex()[:16]


_CHARSETS = (
    ("digits", re.compile(r"\d+\Z")),
    ("uuid", re.compile(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?\Z")),
    ("hex", re.compile(r"[0-9a-fA-F]+\Z")),
    ("alnum", re.compile(r"[0-9A-Za-z]+\Z")),
    ("base64", re.compile(r"[0-9A-Za-z+/_.=~%-]+\Z")),
)


def _charset(value: str) -> str:
    if not value:
        return "empty"
    return next((name for name, pattern in _CHARSETS if pattern.match(value)), "text")


MAX_PARTS = 40
_PIECE = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"  # UUID
    r"|\d{8,13}\.\d{6,19}"  # number.number, as in analytics client ids
    r"|(?<!\d)0\.\d{12,}"  # a random fraction
    r"|[0-9A-Za-z]{8,}"
)
# Times that look like numbers of a visitor: Unix time in s, ms or us, and 202611251030[00], with T and Z or without.
_TIME = re.compile(r"1[4-9]\d{8}(\d{3}(\d{3})?)?|20[2-9]\d{5}(T?\d{4}(\d\d)?Z?)?")


_ENCODED = re.compile(r"(?<![0-9A-Za-z+/_-])[0-9A-Za-z+/_-]{16,}={0,2}(?![0-9A-Za-z+/_=-])")
_MAX_LAYERS = 3  # encodings around a value that are taken off


@lru_cache(maxsize=1024)
def telling_pieces(value: str) -> tuple[str, ...]:
    """The pieces of a value (perhaps JSON, percent-encoded, in base64) that have the entropy to tell browsers apart.

    Whether they do is for comparisons to say: a build number and a product code are such pieces, too. Words, times and
    the decimals of a measurement are none.
    """
    text = _decoded(value[:20_000])
    found: dict[str, None] = {}
    for match in _PIECE.finditer(text):
        if _telling(match.group(), text[max(0, match.start() - 2) : match.start()]):
            found[match.group()] = None
    return tuple(found)[:MAX_PARTS]


def _decoded(text: str) -> str:
    for _ in range(_MAX_LAYERS):
        plain = unquote(text) if "%" in text else text
        plain = _ENCODED.sub(lambda match: from_base64(match.group()) or match.group(), plain)
        if plain == text:
            break
        text = plain
    return text


def from_base64(text: str) -> str:
    """The text in base64 (either alphabet, RFC 4648); "" when there is none: random bytes are no text."""
    bare = text.rstrip("=").translate(_STANDARD_ALPHABET)
    if len(bare) < 16 or len(bare) % 4 == 1 or not _ENCODED.fullmatch(text):
        return ""
    try:
        plain = binascii.a2b_base64(bare + "=" * (-len(bare) % 4), strict_mode=True).decode("utf-8")
    except ValueError:
        return ""
    readable = plain.isascii() or plain[:1] in ("{", "[")
    return plain if readable and plain.translate(_WHITE_SPACE).isprintable() else ""


_STANDARD_ALPHABET = str.maketrans("-_", "+/")
_WHITE_SPACE = str.maketrans("", "", "\r\n\t")


def _telling(piece: str, before: str) -> bool:
    if piece.isdigit():
        decimals = len(before) == 2 and before[0].isdigit() and before[1] == "."
        return len(piece) >= 9 and not decimals and not _TIME.fullmatch(piece)
    if piece.isalnum():
        return any(map(str.isdigit, piece)) and any(map(str.isalpha, piece)) and not _TIME.fullmatch(piece)
    return not all(_TIME.fullmatch(number) for number in piece.split("."))


@record
class Link:
    """One ``<a href>`` (or area, or link-like form button never) as a visitor sees it."""

    url: str  # absolute, resolved against the page's base; "" when the href is missing, empty or a mere fragment
    text: str = ""  # white space folded; falls back to aria-label, title, image alt
    place: Place = "main"
    rel: str = ""
    href: str = ""  # as written, cut to 500 characters; tells "#" and "javascript:" from a real target


@record
class FormField:
    name: str
    kind: str = "text"  # the input's type, or "select", "textarea"
    required: bool = False
    checked: bool = False
    label: str = ""  # else the accessible name or the placeholder
    autocomplete: str = ""
    value: str = ""  # of a box or a radio button


@record
class Form:
    action: str
    method: str = "get"
    place: Place = "main"
    fields: tuple[FormField, ...] = ()
    name: str = ""  # id, name or class
    # In a form that people type into: what a visitor reads in it and right beside it, at most 2,000 characters
    text: str = ""
    links: tuple[Link, ...] | None = None  # in and right beside such a form; None = not looked at
    scripted: bool = False  # a script has a hand in sending it, as far as its markup says


@record
class Button:
    """A control of the consent banner."""

    text: str
    role: str = "other"  # accept | reject | settings | save | close | policy | other
    layer: int = 1  # 1 = shown without any click
    tag: str = "button"
    visible: bool = True  # in the viewport and not covered
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    color: str = ""
    background: str = ""
    border: str = ""  # colour of a border that can be seen, "" when there is none
    contrast: float = 0.0  # of text and background, 1 to 21 (WCAG 2.2); 0 = unknown
    font_size: float = 0.0  # CSS pixels
    bold: bool = False
    name: str = ""  # accessible name, as the browser computes it
    aria: str = ""  # role in the accessibility tree: button, link, ...; "generic" or "" = none
    focusable: bool = True  # can be reached with the keyboard
    href: str = ""  # absolute, for links that lead somewhere


@record
class Switch:
    """A box or switch of the consent request that stands for a purpose, a partner or a service."""

    label: str
    on: bool = False
    layer: int = 1
    necessary: bool = False  # its words or its state say that it needs no consent
    disabled: bool = False
    visible: bool = True


@record
class Cause:
    """The script that did it: the innermost script frame that is not the browser's own."""

    url: str = ""
    line: int = 0  # 1-based; 0 = unknown
    column: int = 0
    function: str = ""


# --- evidence of the crawl --------------------------------------------------------------------------------------


@record
class LinkBlock:
    """The links of one region of a page, stored once for all the pages that share it (a footer, a menu)."""

    id: str = ""
    digest: str
    place: Place
    links: tuple[Link, ...] = ()


@record
class HeaderCookie:
    """A Set-Cookie line that the crawl saw (its value is dropped, RFC 6265 section 5.2)."""

    name: str
    domain: str = ""
    path: str = "/"
    lifetime: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""


@record
class Page:
    """An address found by the crawl, with what its answer was. A redirect is a page of its own (``redirect_to``)."""

    id: str = ""
    url: str
    status: int = 0  # 0 = no answer; then failure says why
    failure: str = ""
    content_type: str = ""  # lower case, without parameters
    headers: Mapping[str, str] = field(default_factory=dict)  # an allow-list; never Set-Cookie
    redirect_to: str = ""
    depth: int = 0
    found_by: str = "link"  # start | link | sitemap | redirect | canonical | hreflang | visit | probe (see Run.fetch)
    referrer: str = ""  # the first page that led here
    title: str = ""
    heading: str = ""  # text of the first h1
    language: str = ""  # declared: <html lang>, else Content-Language; BCP 47, as written
    words: int = 0  # words (or CJK characters / 2) of visible text outside header, nav and footer
    template: str = ""  # name of the page template, filled when the crawl ends
    shape: str = ""  # URL shape, such as "/product/*"
    skeleton: str = ""  # digest of the DOM skeleton
    html: str = ""  # blob
    canonical: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)  # hreflang -> URL
    noindex: bool = False
    generator: str = ""  # <meta name="generator">
    copyright: str = ""  # the copyright notice as shown, white space folded, at most 300 characters
    blocks: tuple[int, ...] = ()  # row numbers of LinkBlock
    forms: tuple[Form, ...] = ()
    script_hosts: tuple[str, ...] = ()
    frame_hosts: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] = ()
    cookies: tuple[HeaderCookie, ...] = ()
    legal: tuple[str, ...] = ()  # kinds of legal page suggested by address, title, heading or the link that led here
    news: tuple[str, ...] = ()  # what it brought that the run had not seen: "script-host:x", "inline:hash", "cookie:x"


# --- evidence of the visits -------------------------------------------------------------------------------------


@record
class Visit:
    """One loading of a page in Chromium under one scenario. Visits of one ``profile`` share a browser profile."""

    id: str = ""
    url: str  # the page's address
    scenario: str
    profile: str = ""  # names the fresh browser profile, e.g. "untouched-1"
    order: int = 0  # position in the profile, from 0
    role: str = ""  # why this page: home | category | product | legal | cart | template | news | selected
    outcome: Literal["ok", "failed"] = "ok"
    reason: str = ""  # for failed: a sentence
    final_url: str = ""
    status: int = 0
    title: str = ""
    language: str = ""
    started: str = ""  # ISO 8601, UTC
    duration: float = 0.0
    choice_at: float | None = None  # when the choice was made, if in this visit
    html: str = ""  # blob: the rendered DOM, for legal pages
    screenshot: str = ""  # blob, PNG
    links: tuple[Link, ...] = ()  # rendered links that the HTML did not have
    viewport: Viewport = "desktop"
    copyright: str = ""  # as in Page, of the rendered page
    words: int = 0  # as in Page, of the rendered page


@record
class Cookie:
    """A cookie in the profile's jar when the snapshot was taken: at a visit's end, and just before the choice."""

    id: str = ""
    visit: str
    phase: Phase
    name: str
    domain: str
    path: str = "/"
    lifetime: float | None = None  # as the browser keeps it (Chromium caps at 400 days), seconds from now
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    partition_key: str = ""
    third_party: bool = False
    value: ValueShape = field(default_factory=ValueShape)


@record
class CookieWrite:
    """An attempt to set a cookie: a Set-Cookie header, ``document.cookie`` or ``cookieStore``."""

    id: str = ""
    visit: str
    phase: Phase
    at: float = 0.0
    via: Literal["header", "document.cookie", "cookieStore"]
    name: str
    domain: str = ""  # as asked for; the setting host when no Domain attribute was given
    path: str = "/"
    lifetime: float | None = None  # as asked for; 0 or less deletes
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    third_party: bool = False
    url: str = ""  # of the response (header) or of the document (script)
    blocked: tuple[str, ...] = ()  # why the browser refused it, in Chromium's words; empty = taken
    cause: Cause = field(default_factory=Cause)
    value: ValueShape = field(default_factory=ValueShape)


@record
class StorageItem:
    """A key in localStorage, sessionStorage, IndexedDB (database/store) or Cache API (cache/URL) when the snapshot was taken."""

    id: str = ""
    visit: str
    phase: Phase
    area: Literal["localStorage", "sessionStorage", "indexedDB", "cacheStorage"]
    origin: str
    key: str
    third_party: bool = False
    value: ValueShape = field(default_factory=ValueShape)
    cause: Cause = field(default_factory=Cause)


@record
class Request:
    """A request of the browser; identifier-like query values are replaced by their shape (see urls.redacted)."""

    id: str = ""
    visit: str
    phase: Phase
    at: float = 0.0
    url: str
    method: str = "GET"
    kind: str = ""  # CDP resource type, lower case: document script image xhr fetch ping stylesheet font media ...
    third_party: bool = False
    frame: str = ""  # URL of the frame that asked
    status: int = 0
    sent: bool = True  # False when blocked before it left (CSP, mixed content, ...)
    blocked: str = ""
    mime: str = ""
    size: int = 0  # bytes received, body
    body_size: int = 0  # bytes sent in the body
    params: Mapping[str, ValueShape] = field(default_factory=dict)  # of the query
    # What the body says, by dotted name ("events.0.cid"; "" = the whole text): of forms, JSON, beacons, sent socket frames.
    body: Mapping[str, ValueShape] = field(default_factory=dict)
    body_unread: str = ""  # why a body that was sent could not be read
    served_by: Literal["network", "service-worker", "cache"] = "network"
    worker: bool = False  # asked for by a worker or service worker
    cookies_sent: tuple[str, ...] = ()
    cookies_set: tuple[str, ...] = ()
    initiator: str = ""  # parser | script | preload | other
    cause: Cause = field(default_factory=Cause)


@record
class ConsentUi:
    """What a visitor sees of the consent request in one visit. ``present`` is judged by what is visible."""

    id: str = ""
    visit: str
    present: bool
    at: float = 0.0  # when it was seen first
    found_by: str = ""  # "autoconsent:<rule>" | "finder"
    tool: str = ""  # name of the consent tool where known
    text: str = ""  # at most 2,000 characters
    frame: str = ""
    language: str = ""
    buttons: tuple[Button, ...] = ()
    switches: tuple[Switch, ...] = ()
    layers: int = 1  # how many were looked at: 2 = the preferences behind "settings", too
    no_second_layer: str = ""  # why the second one could not be looked at, when it was tried
    second_text: str = ""  # of the second layer, at most 4,000 characters
    second_language: str = ""
    blocks_page: bool = False
    page_hidden: bool = False  # behind it the page's content cannot be read at all
    role: str = ""  # in the accessibility tree: dialog, alertdialog, region, ...
    name: str = ""  # accessible name
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    screenshot: str = ""  # blob, PNG of the banner (or the page when it can't be cut out)
    second_screenshot: str = ""


@record
class ConsentAction:
    """One try to make the scenario's choice; it counts only when ``confirmed`` by its effect.

    ``scroll`` and ``browse`` are no choices: ``confirmed`` says that the shop took them for one, by what it stored.
    """

    id: str = ""
    visit: str
    action: Literal["accept", "reject", "withdraw", "scroll", "browse"]
    how: str = ""  # "autoconsent:<rule>" | "finder"
    pressed: tuple[str, ...] = ()  # texts of the buttons, in order
    at: float = 0.0
    confirmed: bool = False
    effect: str = ""  # "banner gone", "cookie consent changed", ...
    reason: str = ""  # when not confirmed: a sentence
    steps: int = 0  # presses, switches that had to be moved and pages that had to be opened; 0 = not counted
    way: str = ""  # withdraw: "footer link" | "floating button" | "page link" | "settings page"; "" = none was found
    remembered: bool | None = None  # whether the request stayed away when the page was loaded again; None = not tried
    stored: tuple[str, ...] = ()  # names of the stored consent state that changed
    screenshot: str = ""  # blob: what was on the screen when it was not confirmed


@record
class ApiCall:
    """Calls of one kind by one script: reading the device, or telling a consent framework something.

    Drawing and fingerprinting differ by what ``data`` says (all of it text) and by what else the same script calls:

    * canvas (toDataURL, toBlob, getImageData, convertToBlob): ``width`` and ``height`` in pixels; ``attached`` to the page,
      yes | no; ``text`` that was drawn on it, letters | symbols (digits, emoji) | no; ``letters``, the most in one text;
      ``image`` drawn on it, yes | no. A fingerprint is letters on a canvas outside the page, without an image; but barcodes
      and screenshots of a page look alike, so only another kind of reading by the same script makes it sure.
    * fonts (measureText, offsetWidth of an element with a font of its own, check): ``fonts``, how many different ones: one to
      five in charts and barcodes, 50 to 500 in fingerprints.
    * webgl: UNMASKED_VENDOR, UNMASKED_RENDERER, getSupportedExtensions, readPixels (``width``, ``height``).
    * audio: startRendering of an OfflineAudioContext (``length`` in frames), getChannelData, getFloatFrequencyData.
    * devices: plugins, mimeTypes, hardwareConcurrency, deviceMemory, enumerateDevices, getVoices, query (``name`` of the
      permission), getHighEntropyValues (``hints``, with spaces between them). battery: getBattery.
    * consent-mode (default, update) and data-layer (config, event, js, set, gtm.start): what was pushed on Google's data
      layer; ``layer`` is its name and ``order`` the place in it. ``at`` is when it was seen: it was pushed before.
    """

    id: str = ""
    visit: str
    phase: Phase
    at: float = 0.0  # of the first
    api: (
        str  # canvas | webgl | audio | fonts | screen | devices | battery | consent-mode | data-layer | tcf | gpp | usp
    )
    action: str = ""  # "toDataURL", "default", "update", ...
    data: Mapping[str, str] = field(default_factory=dict)  # what was told, plain words only: {"ad_storage": "denied"}
    count: int = 1
    url: str = ""  # of the document
    third_party: bool = False  # the document is another site's
    cause: Cause = field(default_factory=Cause)


@record
class ConsentSignal:
    """What a framework's interface answers when the snapshot was taken; strings are decoded, never kept."""

    id: str = ""
    visit: str
    phase: Phase
    at: float = 0.0
    framework: Literal["tcf", "gpp", "usp", "consent-mode"]
    state: Literal["present", "stub", "broken"] = "present"  # stub: it is there, but never answers
    data: Mapping[str, Any] = field(default_factory=dict)  # JSON; for tcf see auditor.tcf
    reason: str = ""  # for broken: a sentence


@record
class HostAlias:
    """What a host of the shop resolves to (CNAME chain, RFC 1034 section 3.6.2), the last one being canonical."""

    id: str = ""
    host: str
    aliases: tuple[str, ...] = ()
    failure: str = ""  # why it could not be resolved


@record
class CollectorFailure:
    """A collector could not do its work in a visit: nobody may read its silence as "nothing there"."""

    id: str = ""
    visit: str
    collector: str  # cookies | writes | storage | requests | consent | screenshot | rendered | calls | signals | layers
    reason: str


# --- judgement --------------------------------------------------------------------------------------------------

MAX_SAMPLES = 10


@record
class Pages:
    """How many pages a finding is on, with some of them."""

    count: int = 0
    samples: tuple[str, ...] = ()

    @classmethod
    def of(cls, urls: Iterable[str]) -> Pages:
        distinct = sorted(set(urls), key=lambda url: (len(url), url))
        return cls(count=len(distinct), samples=tuple(distinct[:MAX_SAMPLES]))


@record
class Finding:
    """One fault. ``subject`` is the stable thing it is about: no times, run ids, hosts or ports of the shop."""

    message: str  # the fault in one sentence
    subject: str
    evidence: tuple[str, ...]  # record ids, never empty
    pages: Pages = field(default_factory=Pages)
    quote: str = ""
    before: str = ""  # text in front of the quote, at most 120 characters
    after: str = ""
    place: str = ""  # where on the page: a CSS path
    confidence: Confidence = "high"
    cause: str = ""  # the script and line, or the header, that did it
    fix: str = ""  # when more specific than the rule's
    screenshot: str = ""  # blob

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a finding needs evidence: {self.message}")
        if not self.subject:
            raise ValueError(f"a finding needs a subject: {self.message}")


@record
class Unknown:
    """Yielded by a rule that could not tell: a person must look."""

    reason: str
    evidence: tuple[str, ...] = ()
    pages: Pages = field(default_factory=Pages)


@record
class Inapplicable:
    """Yielded by a rule whose precondition is absent on this shop."""

    reason: str


@record
class Result:
    """What one rule says of one run; exactly one a rule."""

    rule: str
    family: str
    severity: Severity
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    reason: str = ""  # for inapplicable and error


def fingerprint(rule: str, subject: str) -> str:
    """32 hex digits that name this fault in baselines, waivers and diffs for as long as rule and subject stay."""
    return hashlib.sha256(f"{rule}\0{subject}".encode()).hexdigest()[:32]


EVIDENCE: Mapping[str, type] = {
    "page": Page,
    "link_block": LinkBlock,
    "visit": Visit,
    "cookie": Cookie,
    "cookie_write": CookieWrite,
    "storage_item": StorageItem,
    "request": Request,
    "consent_ui": ConsentUi,
    "consent_action": ConsentAction,
    "api_call": ApiCall,
    "consent_signal": ConsentSignal,
    "host_alias": HostAlias,
    "collector_failure": CollectorFailure,
}
