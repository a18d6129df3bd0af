"""Requests of the page, its frames and its workers, and the Set-Cookie headers of their answers."""

from __future__ import annotations

import base64
import binascii
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from auditor.model import Cause, Phase, Request
from auditor.spiders.collectors.bodies import MAX_BYTES, Body, shapes
from auditor.spiders.collectors.sockets import Socket
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.wire import Wire, WireError, Wires

MAX_REQUESTS = 10_000  # kept of one visit
MAX_SOCKETS = 100
MAX_BODIES = 20_000_000  # bytes kept of one visit
BODY_LIMIT = 3.0  # seconds in which the browser has to hand over a body
ALL_KINDS = ("page", "iframe", "worker", "service_worker", "shared_worker")
ASYNC_DEPTH = 4
UNENDING = frozenset({"EventSource", "WebSocket"})
NETWORK = ("http:", "https:", "ws:", "wss:")
WORKERS = frozenset({"worker", "service_worker", "shared_worker"})
Served = Literal["network", "service-worker", "cache"]
INITIATORS = {"parser": "parser", "script": "script", "preload": "preload"}


@dataclass(slots=True)
class SetCookie:
    """A Set-Cookie line as it came, with why the browser refused it."""

    line: str
    url: str
    time: float
    blocked: tuple[str, ...]


@dataclass(slots=True)
class Hop:
    """One request; each hop of a redirect is one."""

    url: str
    method: str
    kind: str
    time: float  # wall clock
    frame: str
    initiator: str
    cause: tuple[str, int, int, str]
    body: Body = field(default_factory=Body)
    fragment: str = ""  # with its mark
    worker: bool = False  # a worker asked
    socket: Socket | None = None
    status: int = 0
    mime: str = ""
    size: int = 0
    failure: str = ""
    blocked: str = ""
    served_by: Served = "network"
    sent: bool = False  # headers were put on the wire
    stayed: bool = False  # a service worker answered by itself
    has_extra: bool = True
    head: int = 0  # bytes received before the body
    cookies_sent: tuple[str, ...] = ()
    cookies_set: tuple[str, ...] = ()


@dataclass(slots=True)
class _Flight:
    """The hops of one request id, and what the network service told apart of them (in order, but not in step)."""

    loader: str = ""  # of the document that asked
    hops: list[Hop] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    received: list[tuple[float, dict[str, Any]]] = field(default_factory=list)


@dataclass(slots=True)
class RequestLog:
    """What one visit asked for."""

    flights: dict[str, _Flight] = field(default_factory=dict)
    sockets: dict[str, Hop] = field(default_factory=dict)
    bodies: int = 0  # bytes kept
    told: list[Hop] = field(default_factory=list)

    def status(self, loader: str) -> int:
        """The status of the document that a loader brought; 0 when there was no answer."""
        flight = self.flights.get(loader)
        return flight.hops[-1].status if flight and flight.hops else 0

    def retry_after(self) -> str:
        """The Retry-After header of the last document that had one."""
        extras = [extra for flight in self.flights.values() for _, extra in flight.received]
        return next((value for extra in extras if (value := _header(extra["headers"], "retry-after"))), "")

    def set_cookies(self) -> Iterator[SetCookie]:
        for flight in self.flights.values():
            with_extra = [hop for hop in flight.hops if hop.has_extra]
            for hop, (when, extra) in zip(with_extra, flight.received, strict=False):
                blocked = {item["cookieLine"]: tuple(item["blockedReasons"]) for item in extra["blockedCookies"]}
                for line in _lines(extra):
                    yield SetCookie(line, hop.url, when, blocked.get(line, ()))

    def _hops(self) -> Iterator[Hop]:
        for flight in self.flights.values():
            _join(flight)
            yield from flight.hops
        yield from self.sockets.values()
        yield from self._missed()

    def _missed(self) -> Iterator[Hop]:
        """What Playwright told of and the sessions did not: the first requests of a worker, which it sets going at once."""
        seen = Counter(hop.url for flight in self.flights.values() for hop in flight.hops)
        for hop in self.told:
            seen[hop.url] -= 1
            if seen[hop.url] < 0:
                yield hop

    def records(self, clock: Clock, redactor: Redactor) -> Iterator[Request]:
        """The visit's requests in the order in which they were made; those that belong to no phase are left out."""
        for hop in sorted(self._hops(), key=lambda hop: hop.time):
            phase = clock.phase(hop.time)
            if phase is not None:
                request = _record(hop, phase, clock, redactor)
                yield from hop.socket.records(request, clock, redactor) if hop.socket else (request,)


class Requests:
    """Collector "requests". Keyed by request id alone: a frame in another process ends a request in another session."""

    name = "requests"

    def __init__(self, wires: Wires, on_worker: Callable[[], None] = lambda: None) -> None:
        self._wires, self._on_worker = wires, on_worker
        self.workers = False  # a worker was seen, in this visit or before
        self.log = RequestLog()
        self._frames: dict[str, tuple[str, str]] = {}  # frame id -> (URL, parent's id)
        self.pending: set[str] = set()
        self.last_change = time.monotonic()
        wires.prepare(ALL_KINDS, "Network.enable", maxPostDataSize=MAX_BYTES)
        # Without it a picture that a script asks for has no script as its cause.
        wires.prepare(("page", "iframe"), "Runtime.setAsyncCallStackDepth", maxDepth=ASYNC_DEPTH)
        for event, handler in {
            "requestWillBeSent": self._will_be_sent,
            "requestWillBeSentExtraInfo": self._sent_extra,
            "requestServedFromCache": self._cached,
            "responseReceived": self._received,
            "responseReceivedExtraInfo": self._received_extra,
            "loadingFinished": self._finished,
            "loadingFailed": self._failed,
            "webSocketCreated": self._socket,
            "webSocketHandshakeResponseReceived": self._socket_answered,
            "webSocketFrameSent": self._socket_sent,
        }.items():
            wires.on(f"Network.{event}", handler)
        wires.on("Page.frameNavigated", self._navigated)
        wires.on("Page.frameAttached", self._frame_attached)
        wires.on("Target.attachedToTarget", self._worker_attached)

    def begin(self) -> None:
        """A visit begins, with a log of its own."""
        self.log = RequestLog()
        self.pending.clear()
        self.touch()

    def quiet_for(self) -> float:
        """Seconds since nothing was under way."""
        return 0.0 if self.pending else time.monotonic() - self.last_change

    def touch(self) -> None:
        """Something happened on the page: it is quiet from now on at the earliest."""
        self.last_change = time.monotonic()

    # --- events ---

    def _navigated(self, params: dict[str, Any], wire: Wire) -> None:
        frame = params["frame"]
        self._frames[frame["id"]] = (frame["url"], frame.get("parentId", ""))

    def tell(self, url: str, method: str, kind: str, body: bytes | None = None) -> None:
        """Playwright saw a request."""
        if url.startswith(NETWORK) and len(self.log.told) < MAX_REQUESTS:
            bare, mark, fragment = url.partition("#")
            hop = Hop(bare, method, kind, time.time(), "", "script", ("", 0, 0, ""), fragment=mark + fragment)
            hop.sent = hop.worker = True
            self.log.told.append(hop)
            self._keep(hop, body or b"")

    def forget_all_but(self, loader: str) -> None:
        """A new document is there: what the last page still asked for is not its own."""
        for key in [key for key, flight in self.log.flights.items() if flight.loader != loader]:
            del self.log.flights[key]
            self.pending -= {key, f"body of {key}"}
        self.log.told.clear()

    def _worker_attached(self, params: dict[str, Any], wire: Wire) -> None:
        # A worker's script has arrived when the worker is there; its end is told in a session that is only being opened.
        self._landed(params["targetInfo"]["targetId"])
        if params["targetInfo"]["type"] in WORKERS:
            self._worker_seen()

    def _worker_seen(self) -> None:
        self.workers = True
        self._on_worker()

    def _frame_attached(self, params: dict[str, Any], wire: Wire) -> None:
        self._frames.setdefault(params["frameId"], ("about:blank", params["parentFrameId"]))

    def _will_be_sent(self, params: dict[str, Any], wire: Wire) -> None:
        key, request = params["requestId"], params["request"]
        if params.get("documentURL") == request["url"] and params.get("type") == "Script":
            self._worker_seen()  # that is a worker's own script
        if not request["url"].startswith(NETWORK) or len(self.log.flights) >= MAX_REQUESTS:
            return
        flight = self.log.flights.setdefault(key, _Flight())
        flight.loader = params.get("loaderId", "")
        if "redirectResponse" in params and flight.hops:
            _answer(flight.hops[-1], params["redirectResponse"], params.get("redirectHasExtraInfo", True))
        hop = self._hop(params, request, wire)
        flight.hops.append(hop)
        self._read_body(hop, request, key, wire)
        if params.get("type") not in UNENDING:
            self.pending.add(key)
        self.touch()

    def _hop(self, params: dict[str, Any], request: dict[str, Any], wire: Wire) -> Hop:
        kind, initiator = params.get("type", "Other"), params.get("initiator", {})
        return Hop(
            url=request["url"],
            method=request["method"],
            kind=kind.lower(),
            time=params.get("wallTime") or time.time(),
            frame=self._asking_frame(params, kind),
            initiator=INITIATORS.get(initiator.get("type", ""), "other"),
            cause=_cause(initiator),
            body=Body(kind=_header(request["headers"], "content-type")),
            fragment=request.get("urlFragment", ""),
            worker=wire.kind in WORKERS,
        )

    def _read_body(self, hop: Hop, request: dict[str, Any], key: str, wire: Wire) -> None:
        """Keep the body. What is long, or made of blobs, the browser does not tell by itself."""
        if not request.get("hasPostData"):
            return
        entries = [entry.get("bytes") for entry in request.get("postDataEntries", ())]
        if entries and None not in entries:
            self._keep(hop, b"".join(map(base64.b64decode, entries)))
        else:
            hop.body.unread = "the browser did not hand it over"
            self.pending.add(f"body of {key}")
            self._wires.spawn(self._ask_body(hop, key, wire))

    async def _ask_body(self, hop: Hop, key: str, wire: Wire) -> None:
        try:
            reply = await wire.send("Network.getRequestPostData", limit=BODY_LIMIT, requestId=key)
            text = reply["postData"]
            self._keep(hop, base64.b64decode(text) if reply.get("base64Encoded") else text.encode("utf-8", "replace"))
        except (WireError, binascii.Error) as error:
            hop.body.unread = f"the browser did not hand it over ({error})"
        finally:
            self._landed(f"body of {key}")

    def _keep(self, hop: Hop, data: bytes) -> None:
        hop.body.size, hop.body.data, hop.body.unread = len(data), data[:MAX_BYTES], ""
        self.log.bodies += len(hop.body.data)
        if self.log.bodies > MAX_BODIES:
            hop.body.data, hop.body.unread = b"", "the page sent too much to keep all of it"

    def _asking_frame(self, params: dict[str, Any], kind: str) -> str:
        if kind == "Document":
            parent = self._frames.get(params.get("frameId", ""), ("", ""))[1]
            return self._frames.get(parent, ("", ""))[0] or params["request"]["url"]
        url = params.get("documentURL", "")
        # A worker that was made of a text: its address says no more than whose it is.
        return f"{_origin(url)}/" if url.startswith("blob:") else url

    def _sent_extra(self, params: dict[str, Any], wire: Wire) -> None:
        self.log.flights.setdefault(params["requestId"], _Flight()).sent.append(params)

    def _cached(self, params: dict[str, Any], wire: Wire) -> None:
        flight = self.log.flights.get(params["requestId"])
        if flight and flight.hops:
            flight.hops[-1].served_by = "cache"

    def _received(self, params: dict[str, Any], wire: Wire) -> None:
        flight = self.log.flights.get(params["requestId"])
        if flight and flight.hops:
            _answer(flight.hops[-1], params["response"], params.get("hasExtraInfo", True))
        self.touch()

    def _received_extra(self, params: dict[str, Any], wire: Wire) -> None:
        self.log.flights.setdefault(params["requestId"], _Flight()).received.append((time.time(), params))

    def _finished(self, params: dict[str, Any], wire: Wire) -> None:
        flight = self.log.flights.get(params["requestId"])
        if flight and flight.hops:
            hop = flight.hops[-1]
            hop.size = max(0, int(params.get("encodedDataLength", 0)) - hop.head)
        self._landed(params["requestId"])

    def _failed(self, params: dict[str, Any], wire: Wire) -> None:
        flight = self.log.flights.get(params["requestId"])
        if flight and flight.hops:
            hop = flight.hops[-1]
            hop.failure = params.get("errorText", "")
            hop.blocked = params.get("blockedReason", "")
        self._landed(params["requestId"])

    def _landed(self, key: str) -> None:
        self.pending.discard(key)
        self.touch()

    def _socket(self, params: dict[str, Any], wire: Wire) -> None:
        if len(self.log.sockets) >= MAX_SOCKETS:
            return
        cause = _cause(params.get("initiator", {}))
        hop = Hop(params["url"], "GET", "websocket", time.time(), "", "script", cause, socket=Socket(), sent=True)
        hop.worker = wire.kind in WORKERS
        self.log.sockets[params["requestId"]] = hop

    def _socket_answered(self, params: dict[str, Any], wire: Wire) -> None:
        if hop := self.log.sockets.get(params["requestId"]):
            hop.status = params["response"].get("status", 0)

    def _socket_sent(self, params: dict[str, Any], wire: Wire) -> None:
        hop = self.log.sockets.get(params["requestId"])
        if hop and hop.socket:
            hop.socket.keep(time.time(), params["response"])


def _record(hop: Hop, phase: Phase, clock: Clock, redactor: Redactor) -> Request:
    url, params = redactor.address(hop.url + hop.fragment)
    body, unread = shapes(hop.body, redactor)
    cause_url, line, column, function = hop.cause
    return Request(
        visit="",
        phase=phase,
        at=clock.since_start(hop.time),
        url=url,
        method=hop.method,
        kind=hop.kind,
        third_party=redactor.third_party(hop.url),
        frame=redactor.plain(hop.frame),
        status=hop.status,
        sent=(not hop.blocked or hop.sent) and not hop.stayed,
        blocked=hop.blocked,
        mime=hop.mime,
        size=hop.size,
        body_size=hop.body.size,
        params=params,
        body=body,
        body_unread=unread,
        served_by=hop.served_by,
        worker=hop.worker,
        cookies_sent=hop.cookies_sent,
        cookies_set=hop.cookies_set,
        initiator=hop.initiator,
        cause=Cause(url=redactor.plain(cause_url), line=line, column=column, function=function[:200]),
    )


def _answer(hop: Hop, response: dict[str, Any], has_extra: bool) -> None:
    hop.status, hop.mime = response.get("status", 0), response.get("mimeType", "")
    hop.has_extra = has_extra
    if response.get("fromServiceWorker"):
        hop.served_by = "service-worker"
        hop.stayed = response.get("serviceWorkerResponseSource") in ("cache-storage", "fallback-code")
    elif response.get("fromDiskCache") or response.get("fromPrefetchCache"):
        hop.served_by = "cache"
    hop.head = int(response.get("encodedDataLength", 0))


def _join(flight: _Flight) -> None:
    """Bring together the hops and what the network service told of them."""
    with_extra = [hop for hop in flight.hops if hop.has_extra]
    for hop, extra in zip(with_extra, flight.sent, strict=False):
        cookies = extra.get("associatedCookies", ())
        hop.cookies_sent = tuple(item["cookie"]["name"] for item in cookies if not item["blockedReasons"])
        length = _header(extra.get("headers", {}), "content-length")
        hop.body.size = hop.body.size or (int(length) if length.isdecimal() else 0)
        hop.sent = True
    for hop, (_, extra) in zip(with_extra, flight.received, strict=False):
        blocked = {item["cookieLine"] for item in extra["blockedCookies"]}
        hop.cookies_set = tuple(line.partition("=")[0].strip() for line in _lines(extra) if line not in blocked)


def _origin(url: str) -> str:
    """The origin in a blob's address."""
    return "/".join(url.removeprefix("blob:").split("/")[:3])


def _lines(extra: dict[str, Any]) -> list[str]:
    """The Set-Cookie lines of a response; Chromium joins them with line breaks."""
    return [line for line in _header(extra["headers"], "set-cookie").split("\n") if line.strip()]


def _header(headers: dict[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _cause(initiator: dict[str, Any]) -> tuple[str, int, int, str]:
    """The innermost frame of the initiator's stack that is in a script with an address; lines from 1."""
    stack = initiator.get("stack")
    while stack:
        for frame in stack["callFrames"]:
            if frame["url"].startswith(NETWORK):
                return frame["url"], frame["lineNumber"] + 1, frame["columnNumber"] + 1, frame["functionName"]
        stack = stack.get("parent")
    if initiator.get("type") == "script" and initiator.get("url"):
        return (
            initiator["url"],
            int(initiator.get("lineNumber", -1)) + 1,
            int(initiator.get("columnNumber", -1)) + 1,
            "",
        )
    return "", 0, 0, ""
