"""The CDP sessions of one tab: the page's own, and those of the workers and frames in other processes below it.

Playwright's CDP session carries the page's; the others are reached through it (``flatten: false``), because Playwright drops
messages of flat sessions that it did not open. Each new target waits until everything is switched on in it.
"""

from __future__ import annotations

import asyncio
import inspect
import itertools
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from playwright.async_api import CDPSession, Error

T = TypeVar("T")
Handler = Callable[[dict[str, Any], "Wire"], None]
_TOLD = inspect.Signature([inspect.Parameter("params", inspect.Parameter.POSITIONAL_OR_KEYWORD)])
REPLY_LIMIT = 10.0  # seconds: for a target that went away or hangs


async def within(limit: float, work: Awaitable[T]) -> T:
    """The result of ``work``, waited for at most ``limit`` seconds; raises TimeoutError.

    Unlike asyncio.wait_for it does not wait for the end of what it cancels, which never comes where a browser is gone.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=limit)
        if task.done():
            return task.result()
        raise TimeoutError
    finally:
        if not task.done():
            task.cancel()


class WireError(Exception):
    """The browser refused a command or did not answer."""


class Wire:
    """One CDP session."""

    def __init__(self, tab: Wires, kind: str) -> None:
        self._tab = tab
        self.kind = kind  # page | iframe | worker | service_worker | shared_worker ...

    async def send(self, method: str, *, limit: float = REPLY_LIMIT, **params: Any) -> dict[str, Any]:
        """The command's result, waited for at most ``limit`` seconds. Raises WireError."""
        raise NotImplementedError


class _PageWire(Wire):
    def __init__(self, tab: Wires, cdp: CDPSession) -> None:
        super().__init__(tab, "page")
        self._cdp = cdp

    def listen(self, method: str) -> None:
        """Hear of an event; those that nobody asked for are not even unpacked."""

        def told(params: dict[str, Any] | None) -> None:
            self._tab.dispatch(self, method, params or {})

        # Playwright asks for it at every event; finding it out each time costs more than the event.
        told.__signature__ = _TOLD
        self._cdp.on(method, told)

    async def send(self, method: str, *, limit: float = REPLY_LIMIT, **params: Any) -> dict[str, Any]:
        try:
            return await within(limit, self._cdp.send(method, params))
        except Error as error:
            raise WireError(f"{method}: {error.message}") from error
        except TimeoutError as error:
            raise WireError(f"{method}: no answer within {limit:.0f} seconds") from error


class _ChildWire(Wire):
    """A session inside another: its messages travel as text in the parent's."""

    def __init__(self, tab: Wires, parent: Wire, session: str, kind: str) -> None:
        super().__init__(tab, kind)
        self._parent, self._session = parent, session
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def send(self, method: str, *, limit: float = REPLY_LIMIT, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        reply: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = reply
        message = json.dumps({"id": number, "method": method, "params": params})
        try:
            await self._parent.send("Target.sendMessageToTarget", sessionId=self._session, message=message)
            return await asyncio.wait_for(reply, limit)
        except TimeoutError as error:
            raise WireError(f"{method}: no answer within {limit:.0f} seconds") from error
        finally:
            self._waiting.pop(number, None)

    def receive(self, message: str) -> None:
        told = json.loads(message)
        if "id" not in told:
            self._tab.dispatch(self, told["method"], told.get("params", {}))
            return
        reply = self._waiting.get(told["id"])
        if reply is None or reply.done():
            return
        if "error" in told:
            reply.set_exception(WireError(told["error"].get("message", "refused")))
        else:
            reply.set_result(told.get("result", {}))


class Wires:
    """All sessions of one tab, as one stream of events."""

    def __init__(self) -> None:
        self._opened = False
        self._handlers: dict[str, list[Handler]] = {}
        self._preparations: list[tuple[frozenset[str], str, dict[str, Any]]] = []
        self._children: dict[str, _ChildWire] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.on("Target.attachedToTarget", self._attached)
        self.on("Target.receivedMessageFromTarget", self._received)
        self.on("Target.detachedFromTarget", self._detached)
        # Shared workers belong to no page: they are attached to when they are there, and not held until all is on.
        self.prepare(("page",), "Target.setDiscoverTargets", discover=True, filter=[{"type": "shared_worker"}])
        self.on("Target.targetCreated", self._created)

    def on(self, method: str, handler: Handler) -> None:
        """Call ``handler(params, wire)`` at every event ``method`` of any session."""
        if method not in self._handlers and self._opened:
            self.page.listen(method)
        self._handlers.setdefault(method, []).append(handler)

    def prepare(self, kinds: tuple[str, ...], method: str, **params: Any) -> None:
        """Send this command to every target of these kinds, before anything runs in it."""
        self._preparations.append((frozenset(kinds), method, params))

    async def open(self, cdp: CDPSession) -> Wire:
        """Switch everything on in the page; when this returns, all has been acknowledged."""
        self.page = _PageWire(self, cdp)
        self._opened = True
        for method in self._handlers:
            self.page.listen(method)
        await self._set_up(self.page, strict=True)
        return self.page

    def frames(self) -> list[Wire]:
        """The sessions that hold documents."""
        return [self.page, *(wire for wire in self._children.values() if wire.kind == "iframe")]

    def dispatch(self, wire: Wire, method: str, params: dict[str, Any]) -> None:
        for handler in self._handlers.get(method, ()):
            handler(params, wire)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something about an event without keeping the next one waiting; errors of the wire end it."""
        task = asyncio.ensure_future(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _set_up(self, wire: Wire, *, strict: bool) -> None:
        commands = [(method, params) for kinds, method, params in self._preparations if wire.kind in kinds]
        commands.append(
            ("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False})
        )
        replies = await asyncio.gather(
            *(wire.send(method, **params) for method, params in commands), return_exceptions=True
        )
        errors = [reply for reply in replies if isinstance(reply, Exception)]
        if errors and strict:
            raise errors[0]

    def _attached(self, params: dict[str, Any], parent: Wire) -> None:
        child = _ChildWire(self, parent, params["sessionId"], params["targetInfo"]["type"])
        self._children[params["sessionId"]] = child
        self.spawn(self._welcome(child))

    async def _welcome(self, child: Wire) -> None:
        # A worker lacks some domains: what it refuses is not there to be watched.
        await self._set_up(child, strict=False)
        await child.send("Runtime.runIfWaitingForDebugger")

    def _created(self, params: dict[str, Any], wire: Wire) -> None:
        self.spawn(self._attach(params["targetInfo"]["targetId"]))

    async def _attach(self, target: str) -> None:
        await self.page.send("Target.attachToTarget", targetId=target, flatten=False)

    def _received(self, params: dict[str, Any], parent: Wire) -> None:
        child = self._children.get(params["sessionId"])
        if child is not None:
            child.receive(params["message"])

    def _detached(self, params: dict[str, Any], parent: Wire) -> None:
        self._children.pop(params.get("sessionId", ""), None)


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    # The target went away; what it sent before was kept.
    with suppress(WireError):
        await work
