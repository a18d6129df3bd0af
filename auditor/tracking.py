"""Which requests to third parties track the visitor, and why.

Known addresses of advertising and statistics come first; whoever is not known is judged by what is done: identifiers set, sent
or stored, and messages that carry something away and bring nothing back. Files (fonts, styles, pictures, libraries) without
an identifier track nobody, nor do payment, captcha, protection against fraud, and consent tools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.consent import Judge
from auditor.ledger import Entry
from auditor.model import Confidence, Request, ValueShape, record
from auditor.trackers import NEEDED, TRACKING, Party, bare, parameters, party

Reason = tuple[str, Confidence]
NO_MESSAGE = frozenset({"preflight", "cspviolationreport", "manifest", "signedexchange"})
PASSIVE = frozenset({"image", "font", "stylesheet", "media", "texttrack"})
FILES = PASSIVE | {"script"}
PIXEL_BYTES = 100  # a 1x1 GIF has 35 to 43 bytes, a PNG 67 to 95
RECEIPT_BYTES = 20  # {}, ok, {"success":true}; an empty cart or a price is longer: {"data":{"cart":null}}


@record
class Tracking:
    """A request that tracks the visitor."""

    site: str  # registrable domain of the host
    party: Party
    why: str  # in words, to follow a colon
    confidence: Confidence = "high"


def tracking(judge: Judge, request: Request, after_rejection: bool = False) -> Tracking | None:
    """Why a request tracks the visitor, or None."""
    site = judge.ledger.foreign_site(request.url) if request.third_party else ""
    if not site or not request.sent or request.method == "OPTIONS" or request.kind in NO_MESSAGE:
        return None
    who = party(request.url)
    if who.category in NEEDED:
        return None
    # Google's tags say of themselves that consent is denied: after a rejection they count only with an identifier.
    reasons = IDENTIFYING_REASONS if after_rejection and _denied(request) else REASONS
    found = next((reason for ask in reasons if (reason := ask(judge, request, who))), None)
    return Tracking(site=site, party=who, why=found[0], confidence=found[1]) if found else None


def strongest(found: Iterable[tuple[Request, Tracking]]) -> tuple[Request, Tracking]:
    """The request whose reason is surest, the first of them."""
    order = ("high", "medium", "low")
    return min(found, key=lambda pair: order.index(pair[1].confidence))


# --- reasons: the first one decides --------------------------------------------------------------------------------


def _denied(request: Request) -> bool:
    """Google's consent mode with everything denied."""
    return "gcs=G100" in request.url


def _listed(judge: Judge, request: Request, who: Party) -> Reason | None:
    if who.category in TRACKING and (who.sure or request.kind not in PASSIVE):
        sure = who.sure and not _denied(request)
        return f"its address is known for {who.trade}", "high" if sure else "medium"
    if who.category == "social" and who.sure:
        return "it is a social network's plug-in", "high"
    # VG Hannover, 19 March 2025, 10 A 5385/22; elsewhere the tags that a manager loads are told, not the manager.
    if who.category == "tag-manager" and "de" in judge.site.profiles:
        return "it is a tag manager, which needs consent in Germany (VG Hannover, 10 A 5385/22)", "medium"
    return None


def _filtered(judge: Judge, request: Request, who: Party) -> Reason | None:
    name = judge.site.filters.naming(request) if judge.site.filters else ""
    return (f"the filter list {name} names it", "high") if name else None


def _cookie(judge: Judge, request: Request, who: Party) -> Reason | None:
    site = judge.ledger.foreign_site(request.url)
    for does, names in (("sets", request.cookies_set), ("receives", request.cookies_sent)):
        for name in sorted(names):
            entry = judge.ledger.entry("cookie", name, site)
            if entry and judge.verdict(entry).need == "needs-consent":
                return f"it {does} the cookie {entry.shown}, by which it knows the browser again", "high"
    return None


def _refused_cookie(judge: Judge, request: Request, who: Party) -> Reason | None:
    """A cookie that this browser refused would be set in another one."""
    entry = judge.refused.get(bare(request.url))
    what = f"the cookie {entry.shown}, by which it would know the browser again" if entry else ""
    return (f"it tries to set {what}", "medium") if entry else None


def _stored_identifier(judge: Judge, request: Request, who: Party) -> Reason | None:
    identifiers = judge.identifiers.get(judge.site.visits[request.visit].profile, {})
    for name, shape in told(request):
        for part in shape.parts:
            if part in identifiers and judge.verdict(identifiers[part]).need != "necessary":
                what = f"parameter {name}" if name in request.params else "body"
                return f"its {what} carries the identifier kept in {called(identifiers[part])}", "high"
    return None


def told(request: Request) -> list[tuple[str, ValueShape]]:
    """What a request tells the recipient, by name: its parameters, then its body."""
    return [*sorted(request.params.items()), *sorted(request.body.items())]


def called(entry: Entry) -> str:
    """What is stored, in words."""
    return f"the cookie {entry.shown}" if entry.kind == "cookie" else f"the {entry.kind} entry {entry.shown}"


def _parameter(judge: Judge, request: Request, who: Party) -> Reason | None:
    site = judge.ledger.foreign_site(request.url)
    stored = judge.identifiers.get(judge.site.visits[request.visit].profile, {})
    for name, shape in told(request):
        fleeting = name.lower() in parameters()["fleeting"]
        if not shape.parts or stored.keys() >= set(shape.parts) or (fleeting and request.kind in FILES):
            continue  # what is stored and necessary (a cart) may be sent to who serves it
        sign = judge.parameter(site, name)
        if sign == "stays":
            return f"its parameter {name} identifies the browser: it stays, and differs in fresh profiles", "high"
        looks = sign == "once" or (sign == "looks" and shape.charset == "uuid")
        if looks and not fleeting and request.kind not in PASSIVE:
            return f"its parameter {name} looks like an identifier of the browser", "medium"
    return None


def _message(judge: Judge, request: Request, who: Party) -> Reason | None:
    """A counter's behaviour: a beacon, an invisible picture, a message that is answered with nothing."""
    names = {name.lower() for name in request.params}
    answered = request.status in range(200, 300)
    nothing = answered and (request.status == 204 or 0 < request.size <= PIXEL_BYTES)
    says, reports = names - parameters()["version"], len(names & parameters()["report"]) > 1
    if request.kind == "ping":
        return "it is a beacon that reports the visit", "medium"
    if nothing and says and (request.kind == "image" or request.mime.startswith("image/")):
        return "it is an invisible picture that reports the visit", "medium"
    if request.kind in ("xhr", "fetch") and answered:
        posted = request.method == "POST" and request.body_size > 0
        receipt = nothing and request.size <= RECEIPT_BYTES
        if (posted and (receipt or reports)) or (says and request.status == 204) or (reports and nothing):
            return "it reports the visit and brings nothing back", "medium"
    return None


def _writer(judge: Judge, request: Request, who: Party) -> Reason | None:
    entry = judge.writers.get(bare(request.url)) if request.kind == "script" else None
    return (f"its script keeps {called(entry)}", "medium") if entry else None


IDENTIFYING_REASONS: tuple[Callable[[Judge, Request, Party], Reason | None], ...] = (_cookie, _stored_identifier)
REASONS = (_listed, _filtered, *IDENTIFYING_REASONS, _refused_cookie, _parameter, _message, _writer)
