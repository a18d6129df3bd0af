"""Visits one page in one profile: loads it, looks at it, and makes a choice on it when there is one to make."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from playwright.async_api import BrowserContext

from auditor.config import Visits
from auditor.spiders.collectors import rendered, signals
from auditor.spiders.collectors.cookies import jar
from auditor.spiders.collectors.times import Clock
from auditor.spiders.collectors.wire import WireError
from auditor.spiders.consent.driver import choose, still_there
from auditor.spiders.consent.finder import Banner, find
from auditor.spiders.consent.layers import open_second
from auditor.spiders.consent.tools import Autoconsent
from auditor.spiders.consent.wayback import withdraw
from auditor.spiders.drafts import Draft, Snapshot
from auditor.spiders.gestures import click_beside, scroll
from auditor.spiders.tab import MAX_ANSWER, BrowserStuck, Credentials, Tab, TabBroken, VisitFailed

T = TypeVar("T")
LOOK_TICK = 0.25  # seconds between two looks for a banner
CHOICE_LIMIT = 90.0  # seconds for all tries of a choice
ALIVE_TICK = 2.0  # seconds between two looks whether the page still answers while a choice is made
SPARE = 60.0  # seconds beyond the limits of loading that a visit may take
MAX_RETRY_AFTER = 30.0
CANCEL_LIMIT = 5.0


class ProfileLost(VisitFailed):
    """The browser ended, or nobody can say what was chosen in it: go on with a fresh profile."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do on a page."""

    url: str
    role: str
    chosen: bool = False  # the profile's choice was made before
    scrolled: bool = False  # the profile's visitor has scrolled before
    banner_wait: float = 0.0  # seconds that a banner is waited for after the page has settled
    # accept, reject: when a banner is there · withdraw · look-behind: at the second layer · scroll: without an answer
    action: str = ""
    skip: frozenset[str] = frozenset()  # ways to make the choice that were tried in vain
    divides: bool = True  # the choice is what ``before`` and ``after`` are told apart by


class Visitor:
    """One profile's eyes and hands."""

    def __init__(
        self,
        context: BrowserContext,
        limits: Visits,
        credentials: Credentials,
        *,
        screen: tuple[int, int],
        gpc: bool = False,
    ) -> None:
        self._screen, self._gpc = screen, gpc
        self._context, self._limits, self._credentials = context, limits, credentials
        self._tab: Tab | None = None
        self._gone = False
        self._known: tuple[str, str, bytes] = ("", "", b"")  # the last banner's text, tool and picture
        self._shown: str | None = None  # the text of the request on the page before; "" = there was none
        context.on("close", lambda _: setattr(self, "_gone", True))

    async def close(self) -> None:
        await self._drop_tab()

    async def visit(self, order: Order) -> Draft:
        """Carry out an order; a page that fails is tried once more. Raises ProfileLost."""
        for last in (False, True):
            clock = Clock(time.time(), chosen_before=order.chosen, scrolled_before=order.scrolled)
            draft = Draft(order.url, order.role, clock, divides=order.divides)
            try:
                await self._guarded(draft, order)
                return draft
            except VisitFailed as error:
                draft.failure = str(error)
                await self._after_failure(draft, error, last=last)
            finally:
                draft.duration = time.monotonic() - draft.began
        return draft

    async def _after_failure(self, draft: Draft, error: VisitFailed, *, last: bool) -> None:
        self._shown = None
        if isinstance(error, TabBroken):
            await self._drop_tab()
        if self._gone or isinstance(error, ProfileLost | BrowserStuck):
            raise ProfileLost(draft.failure) from error
        if error.wait and not last:
            await asyncio.sleep(min(error.wait, MAX_RETRY_AFTER))

    async def _guarded(self, draft: Draft, order: Order) -> None:
        """Carry it out within its time, and give up at once when the tab breaks."""
        if self._tab is None:
            self._tab = await Tab.open(self._context, self._limits, self._credentials, gpc=self._gpc)
        limits = self._limits
        limit = limits.timeout + limits.settle_limit + order.banner_wait + SPARE
        await raced(self._carry_out(self._tab, draft, order), self._tab.broken, limit)

    async def _drop_tab(self) -> None:
        tab, self._tab = self._tab, None
        if tab is not None:
            await tab.close()

    # --- one page ---

    async def _carry_out(self, tab: Tab, draft: Draft, order: Order) -> None:
        tab.begin()
        draft.requests, draft.writes, draft.calls = tab.requests.log, tab.writes.log, tab.calls.log
        draft.clock.start = time.time()
        try:
            draft.status = await tab.load(order.url)
            draft.final_url = tab.url
            _check_status(draft)
            await self._look(tab, draft, order)
            if order.action == "scroll":
                await self._scroll(tab, draft)
            elif order.action == "withdraw":
                await self._withdraw(tab, draft)
            if draft.clock.over is None:
                await self._gather(tab, draft)
            if tab.cut:
                draft.lost.append(("requests", f"an answer of more than {MAX_ANSWER // 1_000_000} MB was cut short"))
            await tab.leave()
        except WireError as error:
            await tab.check_alive()
            raise VisitFailed(f"the browser could not look at the page ({error})") from error

    async def _look(self, tab: Tab, draft: Draft, order: Order) -> None:
        """See the page and its banner; make the choice."""
        draft.banner = await _kept(draft, "consent", self._see_banner(tab, draft, order.banner_wait))
        draft.banner_seen = time.time()
        shown = draft.banner.text if draft.banner else ""
        # A picture costs as much as all other evidence together: one that shows what the last one showed proves nothing more.
        if shown != self._shown or order.action:
            draft.picture = await _kept(draft, "screenshot", rendered.picture(tab)) or b""
            self._shown = shown if draft.picture else None
        if draft.banner is None:
            return
        text, draft.tool, draft.banner_picture = self._known
        acts = order.action in ("accept", "reject", "look-behind")
        if draft.banner.text == text and not acts:
            return
        async with Autoconsent(tab) as tool:
            await tool.detect()
            draft.tool = tool.tool
            draft.banner_picture = await self._banner_picture(tab, draft, draft.banner)
            self._known = (draft.banner.text, draft.tool, draft.banner_picture)
            if not draft.banner.decides or not acts:
                return
            if order.action == "look-behind":
                await self._look_behind(tab, draft, draft.banner)
            else:
                await self._choose(tab, draft, draft.banner, order, tool)

    async def _see_banner(self, tab: Tab, draft: Draft, wait: float) -> Banner | None:
        settled = time.monotonic()
        banner = await find(tab)
        while banner is None and time.monotonic() < settled + wait:
            await asyncio.sleep(LOOK_TICK)
            banner = await find(tab)
            draft.banner_at = time.monotonic() - settled
        if banner is not None and (draft.banner_at or not banner.at_rest):
            banner = await _at_rest(tab, banner)
        return banner

    async def _banner_picture(self, tab: Tab, draft: Draft, banner: Banner) -> bytes:
        x, y, width, height = banner.box
        left, top = max(x, 0.0), max(y, 0.0)
        right, bottom = min(x + width, self._screen[0]), min(y + height, self._screen[1])
        if right - left < 2 or bottom - top < 2:
            return draft.picture
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        return await _kept(draft, "screenshot", rendered.picture(tab, box)) or b""

    async def _choose(self, tab: Tab, draft: Draft, banner: Banner, order: Order, tool: Autoconsent) -> None:
        draft.snapshots.append(await _snapshot(tab, draft))
        draft.choices = await _pressing(tab, choose(tab, banner, order.action, tool, order.skip))
        await self._picture_of_failure(tab, draft)

    async def _picture_of_failure(self, tab: Tab, draft: Draft) -> None:
        """What is on the screen where a choice was not seen to have its effect."""
        if draft.choices and not draft.choices[-1].confirmed:
            draft.failed_picture = await _kept(draft, "screenshot", rendered.picture(tab)) or b""

    async def _look_behind(self, tab: Tab, draft: Draft, banner: Banner) -> None:
        """Open the preferences and look at them; nothing that comes of it counts."""
        await self._gather(tab, draft)
        draft.clock.over = time.time()
        opened = await _kept(draft, "layers", open_second(tab, banner))
        draft.second, draft.no_second = opened or (None, draft.lost[-1][1])
        if draft.second is not None:
            draft.second_picture = await _kept(draft, "screenshot", rendered.picture(tab)) or b""

    async def _scroll(self, tab: Tab, draft: Draft) -> None:
        """Scroll and click beside the request, and see whether it is still there."""
        draft.snapshots.append(await _snapshot(tab, draft))
        draft.clock.scrolled = time.time()
        await scroll(tab)
        await click_beside(tab, draft.banner.box if draft.banner else None)
        tab.requests.touch()
        await tab.settle()
        draft.request_left = not await still_there(tab)

    async def _withdraw(self, tab: Tab, draft: Draft) -> None:
        """Find the way back to the choice and withdraw."""
        await self._gather(tab, draft)  # the page as loaded: the way back may lead to another one
        draft.choices = [await _pressing(tab, withdraw(tab))]
        await self._picture_of_failure(tab, draft)

    async def _gather(self, tab: Tab, draft: Draft) -> None:
        """What is there at the visit's end."""
        draft.snapshots.append(await _snapshot(tab, draft))
        draft.html = draft.html or await _kept(draft, "rendered", rendered.html(tab)) or ""


async def _snapshot(tab: Tab, draft: Draft) -> Snapshot:
    moment = time.time()
    cookies = await _kept(draft, "cookies", jar(tab.wire))
    stored = await _kept(draft, "storage", tab.storage.snapshot(caches=True))
    return Snapshot(moment, cookies, stored, await _kept(draft, "signals", signals.listen(tab, moment)))


async def _pressing(tab: Tab, work: Coroutine[Any, Any, T]) -> T:
    """The result of something that presses controls. When the page hangs or goes away, nobody can say what was chosen."""
    task = asyncio.ensure_future(work)
    deadline = time.monotonic() + CHOICE_LIMIT
    try:
        while not task.done():
            await asyncio.wait({task, tab.broken}, timeout=ALIVE_TICK, return_when=asyncio.FIRST_COMPLETED)
            if tab.broken.done() or time.monotonic() > deadline:
                raise ProfileLost(f"the choice could not be made ({_why(tab)})")
            if not task.done():
                await tab.check_alive()
        return task.result()
    except (WireError, TabBroken) as error:
        raise ProfileLost(f"the choice could not be made ({error})") from error
    finally:
        task.cancel()


def _why(tab: Tab) -> str:
    return tab.broken.result() if tab.broken.done() else "it took too long"


async def _at_rest(tab: Tab, banner: Banner) -> Banner:
    """The banner once it has stopped moving into the page."""
    for _ in range(8):
        await asyncio.sleep(LOOK_TICK / 2)
        again = await find(tab)
        if again is None or (again.box == banner.box and not again.moving):
            return again or banner
        banner = again
    return banner


def _check_status(draft: Draft) -> None:
    if draft.status in (429, 503):
        told = draft.requests.retry_after()
        raise VisitFailed(f"the shop answered with status {draft.status}", wait=float(told) if told.isdigit() else 5.0)
    if draft.status in (401, 407):
        raise VisitFailed(f"the shop asks for a login (status {draft.status})")
    if draft.status >= 400:
        raise VisitFailed(f"the shop answered with status {draft.status}")


async def _kept(draft: Draft, collector: str, work: Awaitable[T]) -> T | None:
    """The result of a collector; when it fails, a note that it did."""
    try:
        return await work
    except WireError as error:
        draft.lost.append((collector, str(error)[:300]))
        return None


async def raced(work: Coroutine[Any, Any, T], broken: asyncio.Future[str], limit: float) -> T:
    """The result of ``work``, unless the tab breaks first or the time is up. Raises TabBroken."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task, broken}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        if broken.done():
            raise TabBroken(broken.result())
        raise TabBroken(f"the visit was not done within {limit:.0f} seconds")
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=CANCEL_LIMIT)
