"""One tab: loads an address, knows when the page has settled, and runs our scripts where the page cannot see them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Error, Page, Request

from auditor.config import Visits
from auditor.spiders.collectors.calls import Calls
from auditor.spiders.collectors.requests import ALL_KINDS, Requests
from auditor.spiders.collectors.storage import Storage
from auditor.spiders.collectors.wire import REPLY_LIMIT, Wire, WireError, Wires, within
from auditor.spiders.collectors.writes import Writes
from auditor.urls import host_of

WORLD = "auditor"
WORKERS = ("worker", "service_worker", "shared_worker")
# https://www.w3.org/TR/gpc/: the header is set beside it. In a worker the interface has another name.
GPC_SCRIPT = """Object.defineProperty((self.Navigator || self.WorkerNavigator).prototype, "globalPrivacyControl",
  { get: () => true, enumerable: true, configurable: true });"""
OPEN_LIMIT = 30.0
TICK = 0.05  # seconds between two looks at a condition
MAX_PAGE = 20_000_000  # bytes of the page's own HTML, unpacked: what is longer is given up
MAX_ANSWER = 50_000_000  # bytes of another answer: what is longer is cut short
MAX_CUTS = 3  # answers of one page
LEAVE_LIMIT = 2.0  # seconds that a page which is left has for its last requests


class VisitFailed(Exception):
    """The page could not be visited; the message is a sentence for people."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait  # seconds after which the shop asked to be tried again


class TabBroken(VisitFailed):
    """And the tab is of no use any more."""


class BrowserStuck(TabBroken):
    """And so is the browser."""


@dataclass(frozen=True, slots=True)
class Document:
    """A frame's document, and the session that it is reached through."""

    wire: Wire
    frame: str
    parent: str
    url: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """Headers for the shop's own hosts and for nobody else; with ``secure`` over https alone."""

    hosts: frozenset[str]
    headers: Mapping[str, str]
    secure: bool = False

    def patterns(self) -> list[dict[str, str]]:
        """The requests that may need them, as CDP's Fetch domain names them."""
        scheme = "https" if self.secure else "*"
        return [{"urlPattern": f"{scheme}://{host}{rest}"} for host in sorted(self.hosts) for rest in ("/*", ":*/*")]

    def allow(self, url: str) -> bool:
        return host_of(url) in self.hosts and (url.startswith("https:") or not self.secure)


class Tab:
    """A tab with everything that is watched in it. All visits of one profile use one tab after the other."""

    def __init__(self, page: Page, limits: Visits, credentials: Credentials, *, gpc: bool = False) -> None:
        self._gpc = gpc
        self.page = page
        self._limits, self._credentials = limits, credentials
        self.wires = Wires()
        # First, for collectors build on it: without it a binding is there, but says nothing.
        self.wires.prepare(("page", "iframe"), "Runtime.enable")
        self._visits = 0
        self._listening = False
        self.requests = Requests(self.wires, on_worker=lambda: self._listen(True))
        self.calls = Calls()
        self.writes = Writes(self.wires, self.calls)
        self.storage = Storage(self.wires)
        self.broken: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._main = self._loader = self.url = ""
        self._fresh = False  # a visit has begun, and its first document is not there yet
        self.own_worlds: dict[str, int] = {}  # frame -> the execution context of the page's own scripts
        self._worlds: dict[tuple[Wire, str], int] = {}  # session and frame -> the execution context of ours
        self._ready: set[str] = set()  # loaders whose document is parsed
        self._loaded: dict[str, float] = {}  # loader -> when its load event came
        self._sizes: Counter[str] = Counter()  # request -> bytes that came, while it is under way
        self.cut: list[str] = []  # requests whose answers were cut short

    @classmethod
    async def open(cls, context: BrowserContext, limits: Visits, credentials: Credentials, *, gpc: bool = False) -> Tab:
        """A new tab in which everything is switched on; ``gpc``: Global Privacy Control, too. Raises VisitFailed."""
        try:
            page = await within(OPEN_LIMIT, context.new_page())
            tab = cls(page, limits, credentials, gpc=gpc)
            await within(OPEN_LIMIT, tab._start(context))
        except (Error, WireError, TimeoutError) as error:
            reason = str(error).partition("\n")[0] or f"no answer within {OPEN_LIMIT:.0f} seconds"
            raise BrowserStuck(f"the browser opened no tab ({reason})") from error
        return tab

    async def _start(self, context: BrowserContext) -> None:
        wires = self.wires
        documents = ("page", "iframe")
        wires.prepare(documents, "Page.enable")
        wires.prepare(documents, "Page.setLifecycleEventsEnabled", enabled=True)
        wires.on("Page.frameNavigated", self._navigated)
        wires.on("Page.navigatedWithinDocument", self._moved)
        wires.on("Page.lifecycleEvent", self._lived)
        wires.on("Runtime.executionContextCreated", self._context_created)
        wires.on("Network.dataReceived", self._swelled)
        wires.on("Runtime.executionContextDestroyed", self._context_destroyed)
        wires.on("Runtime.executionContextsCleared", self._contexts_cleared)
        wires.on("Inspector.targetCrashed", lambda params, wire: self._break("the page crashed", wire))
        self.page.on("crash", lambda _: self._break("the page crashed"))
        self.page.on("close", lambda _: self._break("the page closed itself"))
        context.on("close", lambda _: self._break("the browser ended unexpectedly"))
        # A window that the page opens is nobody's visit.
        self.page.on("popup", lambda popup: wires.spawn(_close(popup)))
        if self._credentials.headers:
            wires.prepare(documents, "Fetch.enable", patterns=self._credentials.patterns())
            wires.on("Fetch.requestPaused", lambda params, wire: wires.spawn(self._with_credentials(params, wire)))
        if self._gpc:
            # Playwright sets a new worker going before our session with it is ready, but not before its own is.
            await context.set_extra_http_headers({"Sec-GPC": "1"})
            wires.prepare(ALL_KINDS, "Network.setExtraHTTPHeaders", headers={"Sec-GPC": "1"})
            wires.prepare(documents, "Page.addScriptToEvaluateOnNewDocument", source=GPC_SCRIPT)
            wires.prepare(WORKERS, "Runtime.evaluate", expression=GPC_SCRIPT)
        self.wire = await wires.open(await context.new_cdp_session(self.page))
        self._main = (await self.wire.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]

    def _listen(self, on: bool) -> None:
        """Whether Playwright is to tell of requests: it knows those that a worker makes at once, at the cost of many messages."""
        if on != self._listening:
            self._listening = on
            (self.page.context.on if on else self.page.context.remove_listener)("request", self._told)

    def _told(self, request: Request) -> None:
        body = None if request.method == "GET" else request.post_data_buffer
        self.requests.tell(request.url, request.method, request.resource_type, body)

    async def close(self) -> None:
        """Close it, if it can be closed; the end of the profile takes it along in any case."""
        self._listen(False)
        await self.wires.close()
        with suppress(TimeoutError, Error):
            await within(LEAVE_LIMIT, self.page.close())

    # --- events ---

    def _break(self, reason: str, wire: Wire | None = None) -> None:
        if (wire is None or wire is self.wire) and not self.broken.done():
            self.broken.set_result(reason)

    def _navigated(self, params: dict[str, Any], wire: Wire) -> None:
        frame = params["frame"]
        if frame["id"] == self._main:
            self._loader, self.url = frame["loaderId"], frame["url"] + frame.get("urlFragment", "")
            if self._fresh:
                self._fresh = False
                self.requests.forget_all_but(self._loader)

    def _moved(self, params: dict[str, Any], wire: Wire) -> None:
        if params["frameId"] == self._main:
            self.url = params["url"]

    def _context_created(self, params: dict[str, Any], wire: Wire) -> None:
        data = params["context"].get("auxData") or {}
        if data.get("isDefault") and "frameId" in data:
            self.own_worlds[data["frameId"]] = params["context"]["id"]
        elif params["context"]["name"] == WORLD and "frameId" in data:
            self._worlds[wire, data["frameId"]] = params["context"]["id"]

    def _context_destroyed(self, params: dict[str, Any], wire: Wire) -> None:
        gone = params["executionContextId"]
        self._worlds = {key: world for key, world in self._worlds.items() if key[0] is not wire or world != gone}

    def _contexts_cleared(self, params: dict[str, Any], wire: Wire) -> None:
        self._worlds = {key: world for key, world in self._worlds.items() if key[0] is not wire}

    def _lived(self, params: dict[str, Any], wire: Wire) -> None:
        if params["frameId"] != self._main:
            return
        if params["name"] == "DOMContentLoaded":
            self._ready.add(params["loaderId"])
        elif params["name"] == "load":
            self._loaded.setdefault(params["loaderId"], time.monotonic())
            self.requests.touch()

    def _swelled(self, params: dict[str, Any], wire: Wire) -> None:
        """Cut short what does not end: nobody may fill the memory of the machine that audits."""
        key = params["requestId"]
        self._sizes[key] += params["dataLength"]
        if key == self._loader and self._sizes[key] > MAX_PAGE:
            self._break(f"the page is larger than {MAX_PAGE // 1_000_000} MB")
        if self._sizes[key] <= MAX_ANSWER or key in self.cut:
            return
        self.cut.append(key)
        if wire.kind not in ("page", "iframe") or len(self.cut) > MAX_CUTS:
            self._break(f"an answer that the page asked for is larger than {MAX_ANSWER // 1_000_000} MB")
            return
        # The load event may not come any more.
        self._loaded.setdefault(self._loader, time.monotonic())
        self.wires.spawn(self._stop(wire))

    async def _stop(self, wire: Wire) -> None:
        await wire.send("Page.stopLoading")

    async def _with_credentials(self, params: dict[str, Any], wire: Wire) -> None:
        request = params["request"]
        if not self._credentials.allow(request["url"]):
            await wire.send("Fetch.continueRequest", requestId=params["requestId"])
            return
        names = {name.lower() for name in self._credentials.headers}
        headers = {name: value for name, value in request["headers"].items() if name.lower() not in names}
        headers |= self._credentials.headers
        pairs = [{"name": name, "value": value} for name, value in headers.items()]
        await wire.send("Fetch.continueRequest", requestId=params["requestId"], headers=pairs)

    # --- loading ---

    def begin(self) -> None:
        """A visit begins."""
        self._fresh = True
        self._visits += 1
        # Where the first page has no worker, it is soon enough to listen when the script of one is asked for.
        self._listen(self._visits == 1 or self.requests.workers)
        self._sizes.clear()
        self.cut.clear()
        for collector in (self.requests, self.writes, self.calls, self.storage):
            collector.begin()

    async def load(self, url: str) -> int:
        """Load an address and wait until it has settled; the document's status. Raises VisitFailed."""
        self._ready.clear()
        self._loaded.clear()
        self.own_worlds.clear()
        start = time.monotonic()
        try:
            reply = await self.wire.send("Page.navigate", limit=self._limits.timeout, url=url)
        except WireError as error:
            if time.monotonic() - start >= self._limits.timeout:
                raise TabBroken(f"the shop did not answer within {self._limits.timeout:.0f} seconds") from error
            raise TabBroken(f"the browser could not load the page ({error})") from error
        self._check(reply)
        await self.settle(start + self._limits.timeout)
        await self.check_alive()
        status = self.requests.log.status(self._loader) or self.requests.log.status(reply.get("loaderId", ""))
        if self.url.startswith("chrome-error:") and not status:
            raise VisitFailed("the page could not be loaded")
        return status

    def _check(self, reply: dict[str, Any]) -> None:
        error = reply.get("errorText", "")
        if reply.get("isDownload"):
            raise VisitFailed("the address is a download, not a page")
        if error and error != "net::ERR_HTTP_RESPONSE_CODE_FAILURE":
            raise VisitFailed(f"the page could not be loaded ({error})")

    async def settle(self, deadline: float | None = None) -> None:
        """Wait for the load event and a quiet network. ``deadline`` (monotonic) is for the load event."""
        deadline = deadline or time.monotonic() + self._limits.timeout
        last = deadline + self._limits.settle_limit
        while (now := time.monotonic()) < last:
            loaded = self._loaded.get(self._loader)
            if loaded is not None:
                wait = self._limits.quiet - self.requests.quiet_for()
                if wait <= 0 or now - loaded >= self._limits.settle_limit:
                    return
                await asyncio.sleep(min(max(wait, 0.01), TICK if self.requests.pending else wait))
                continue
            if now >= deadline:
                if self._loader in self._ready:
                    return  # a picture or a script hangs, which a visitor does not wait for
                raise TabBroken(f"the page did not load within {self._limits.timeout:.0f} seconds")
            await asyncio.sleep(TICK)
        raise VisitFailed("the page keeps loading other pages")

    async def check_alive(self) -> None:
        limit = min(REPLY_LIMIT, self._limits.timeout)
        try:
            await self.wire.send("Runtime.evaluate", limit=limit, expression="1", returnByValue=True)
        except WireError as error:
            raise TabBroken("the page does not respond: a script of it does not end") from error

    async def leave(self) -> None:
        """Let the page know that it is left, while its last requests can still be seen.

        When it is really left, its session ends before its handlers run.
        """
        await self.run(self.document, 'void dispatchEvent(new PageTransitionEvent("pagehide"))')
        deadline = time.monotonic() + LEAVE_LIMIT
        while self.requests.pending and time.monotonic() < deadline:
            await asyncio.sleep(TICK)

    # --- our scripts ---

    @property
    def document(self) -> Document:
        """The page's own document."""
        return Document(wire=self.wire, frame=self._main, parent="", url=self.url.partition("#")[0])

    async def documents(self) -> list[Document]:
        """All frames' documents, the page's own first."""
        found: list[Document] = []
        for wire in self.wires.frames():
            tree = (await wire.send("Page.getFrameTree"))["frameTree"]
            _walk(tree, wire, found)
        return found

    async def world(self, document: Document) -> int:
        """The execution context of our own world in a document."""
        known = self._worlds.get((document.wire, document.frame))
        if known is not None:
            return known
        reply = await document.wire.send("Page.createIsolatedWorld", frameId=document.frame, worldName=WORLD)
        return reply["executionContextId"]

    async def run(self, document: Document, expression: str, *, limit: float = 10.0) -> Any:
        """The value of an expression in our own world of a document. Raises WireError."""
        return await evaluate(document.wire, await self.world(document), expression, limit=limit)


async def _close(popup: Page) -> None:
    with suppress(Error):
        await popup.close()


async def evaluate(wire: Wire, context: int, expression: str, *, limit: float = 10.0) -> Any:
    """The value of an expression (a promise is awaited) in an execution context. Raises WireError."""
    reply = await wire.send(
        "Runtime.evaluate",
        limit=limit,
        expression=expression,
        contextId=context,
        returnByValue=True,
        awaitPromise=True,
    )
    if "exceptionDetails" in reply:
        details = reply["exceptionDetails"]
        raise WireError(details.get("exception", {}).get("description") or details["text"])
    return reply["result"].get("value")


def _walk(tree: dict[str, Any], wire: Wire, found: list[Document]) -> None:
    frame = tree["frame"]
    found.append(Document(wire=wire, frame=frame["id"], parent=frame.get("parentId", ""), url=frame["url"]))
    for child in tree.get("childFrames", ()):
        _walk(child, wire, found)
