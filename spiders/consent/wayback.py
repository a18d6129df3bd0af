"""Finds the permanent way back to a choice and withdraws, as a visitor does; believed only by what is stored afterwards.

Sought in this order: a control in the page (the footer's first) or a floating icon of the consent tool, a page of settings, and
the pages on cookies and privacy, in whose text it may stand.
"""

from __future__ import annotations

import asyncio
import json
import time
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.spiders.collectors.wire import WireError
from auditor.spiders.consent.driver import AGAIN_AFTER, EFFECT_LIMIT, TICK, Choice, NoWay, appeared, keep
from auditor.spiders.consent.finder import Banner, ask, find
from auditor.spiders.consent.lexicon import source
from auditor.spiders.consent.press import press_handle, turn_switches
from auditor.spiders.consent.state import Stored, change, stored, taken_back
from auditor.spiders.tab import Document, Tab, VisitFailed

MAX_WAYS = 4  # that are tried on one page
MAX_PAGES = 2  # that explain, and are looked into
MAX_FRAMES = 10
NOWHERE = "no permanent way back to the choice was found: no link, button or icon for it on the page, nor on the pages on cookies and privacy"


@dataclass(frozen=True, slots=True)
class Way:
    """A control that seems to lead back to the choice; ``index`` names it to the script in the page."""

    document: Document
    context: int
    index: int
    text: str
    kind: str  # footer link | floating button | page link | settings page
    away: bool  # it opens another page


async def withdraw(tab: Tab) -> Choice:
    """Withdraw on the page that is loaded; the tab may be on another page afterwards. Raises WireError.

    ``way`` is "" when there is none; ``steps`` counts presses, moved switches and opened pages.
    """
    choice = Choice(action="withdraw", how="finder")
    before = await stored(tab)
    home = tab.url
    ways, pages = await _look_round(tab, explains=False)
    if await _try_ways(tab, ways, choice, before, home):
        return choice
    for page in pages[:MAX_PAGES]:
        if not await _open(tab, page):
            continue
        inside, _ = await _look_round(tab, explains=True)
        known = {(way.text, way.kind) for way in ways}
        new = [way for way in inside if (way.text, way.kind) not in known]
        if new and await _try_ways(tab, new, choice, before, page, opened=1):
            return choice
    choice.reason = choice.reason or NOWHERE
    return choice


async def _try_ways(tab: Tab, ways: list[Way], choice: Choice, before: Stored, page: str, opened: int = 0) -> bool:
    """Whether one of the ways led to a withdrawal, or to something that settles the question."""
    for number, way in enumerate(ways[:MAX_WAYS]):
        if number:
            await _open(tab, page)
            again, _ = await _look_round(tab, explains=bool(opened))
            way = next((one for one in again if (one.text, one.kind) == (way.text, way.kind)), None) or way
        choice.pressed, choice.steps = [], opened
        try:
            await _go(tab, way, choice, before)
        except NoWay as error:
            choice.reason = f"“{way.text}” ({way.kind}): {error}"
            continue
        except VisitFailed as error:
            choice.reason = f"“{way.text}” ({way.kind}): {error}"
            continue
        return True
    return False


async def _go(tab: Tab, way: Way, choice: Choice, before: Stored) -> None:
    """Press the way, and on what opens refuse everything. Raises NoWay when nothing opens or nothing can be refused."""
    shown = await find(tab, anywhere=True)
    choice.way = way.kind
    choice.started = choice.started or time.time()
    choice.made = time.time()
    choice.pressed.append(way.text)
    choice.steps += 1
    await _press(tab, way)
    layer = await _opened(tab, shown, before, way)
    if layer is not None:
        await _refuse(tab, layer, choice, before)
    await _judge(tab, choice, before)


async def _press(tab: Tab, way: Way, *, by_script: bool = False) -> None:
    wire = way.document.wire
    reply = await wire.send("Runtime.evaluate", expression=f"auditorWays[{way.index}]", contextId=way.context)
    handle = reply["result"].get("objectId")
    if handle is None:
        raise WireError("the control is gone")
    await press_handle(tab, wire, handle, by_script=by_script)


async def _opened(tab: Tab, shown: Banner | None, before: Stored, way: Way) -> Banner | None:
    """The layer that opened; None when the press itself withdrew. Raises NoWay."""
    known = (shown.text, len(shown.controls)) if shown else None
    begun, page, again = time.monotonic(), tab.url, False
    while time.monotonic() < begun + EFFECT_LIMIT:
        await asyncio.sleep(TICK)
        try:
            if tab.url.split("#")[0] != page.split("#")[0]:
                page = tab.url
                await tab.settle()
            layer = await find(tab, anywhere=True)
            if layer is not None and layer.moving:
                continue  # what is pressed on the way may miss
            if layer is not None and (layer.text, len(layer.controls)) != known and _may_refuse(layer):
                return layer
            if _withdrawn(before, await stored(tab)):
                return None
            if not again and time.monotonic() > begun + AGAIN_AFTER and page == way.document.url:
                again = True  # its handler may have come late, or hears no mouse
                await _press(tab, way, by_script=True)
        except WireError:
            continue  # another page is on its way
    if way.away and page != way.document.url:
        return await _on_settings_page(tab)
    raise NoWay("nothing opened when it was pressed")


async def _on_settings_page(tab: Tab) -> Banner:
    """The choice on a page of settings: there at once, or behind a control in its text."""
    inside, _ = await _look_round(tab, explains=True)
    for way in [way for way in inside if not way.away][:2]:
        await _press(tab, way)
        deadline = time.monotonic() + EFFECT_LIMIT / 2
        while time.monotonic() < deadline:
            await asyncio.sleep(TICK)
            layer = await find(tab, anywhere=True)
            if layer is not None and _may_refuse(layer):
                return layer
    raise NoWay("the page that it leads to offers no choice")


def _may_refuse(layer: Banner) -> bool:
    return bool(layer.having("reject") or layer.having("settings") or (layer.switches and layer.having("save")))


async def _refuse(tab: Tab, layer: Banner, choice: Choice, before: Stored) -> None:
    """Refuse on a layer: by the control that says it, by its switches, else on the layer behind its settings."""
    for _ in range(2):
        direct, saving = layer.having("reject"), layer.having("save")
        if direct:
            await choice.press(tab, layer, direct[0])
            await keep(tab, choice, before, False)
            return
        if saving and layer.switches:
            choice.steps += await turn_switches(layer, False)
            await choice.press(tab, layer, saving[0])
            return
        doors = layer.having("settings")
        if not doors:
            break
        await choice.press(tab, layer, doors[0])
        layer = await appeared(tab, layer, choice)
    raise NoWay("what opened has no control to refuse, and no switches to save")


# --- the effect -------------------------------------------------------------------------------------------------


def _withdrawn(before: Stored, now: Stored) -> bool:
    """Whether what is stored says no now, or no longer says yes."""
    return change(before, now).speaks_for("reject") or bool(taken_back(before, now))


async def _judge(tab: Tab, choice: Choice, before: Stored) -> None:
    """Wait for what is stored to say it; a request that only went away withdraws nothing."""
    begun = time.monotonic()
    while time.monotonic() < begun + EFFECT_LIMIT:
        try:
            now = await stored(tab)
            if _withdrawn(before, now):
                break
        except WireError:
            pass  # the press loads another page
        await asyncio.sleep(TICK)
    await tab.settle()
    now = await stored(tab)
    choice.state = change(before, now)
    gone = taken_back(before, now)
    if choice.state.speaks_against("reject"):
        choice.reason = f"what was stored still says yes ({', '.join(choice.state.names)})"
    elif choice.state.speaks_for("reject"):
        choice.confirmed, choice.effect = True, f"what is stored says no ({', '.join(choice.state.names)})"
    elif gone:
        choice.confirmed, choice.effect = True, f"the stored consent is gone ({', '.join(gone)})"
    elif choice.state.names and not await _asks(tab):
        choice.confirmed, choice.effect = True, f"consent state changed ({', '.join(choice.state.names)})"
    else:
        choice.reason = "nothing that is stored changed when consent was withdrawn"


async def _asks(tab: Tab) -> bool:
    layer = await find(tab)
    return layer is not None and layer.decides


# --- looking ----------------------------------------------------------------------------------------------------


@cache
def _script(explains: bool) -> str:
    folder = files("auditor.spiders.consent")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(folder.joinpath("wayback.toml").read_text("utf-8"))
    lexicon = {name: source(lists.values()) for name, lists in table.items()}
    code = folder.joinpath("wayback.js").read_text("utf-8")
    return f"(...closedRoots) => ({code})({json.dumps(lexicon)}, {json.dumps(explains)}, ...closedRoots)"


async def _look_round(tab: Tab, *, explains: bool) -> tuple[list[Way], list[str]]:
    """The ways on the page and in its frames, and the addresses of the pages that explain."""
    ways: list[Way] = []
    pages: list[str] = []
    for document in (await tab.documents())[:MAX_FRAMES]:
        try:
            context = await tab.world(document)
            told: dict[str, Any] | None = await ask(tab, document, context, _script(explains))
        except WireError:
            continue  # the frame went away
        if told is None:
            continue
        ways += [Way(document=document, context=context, index=i, **one) for i, one in enumerate(told["ways"])]
        pages += told["pages"] if not document.parent else []
    return ways, list(dict.fromkeys(pages))


async def _open(tab: Tab, url: str) -> bool:
    """Load another page on the way; whether it could be."""
    try:
        return await tab.load(url) < 400
    except VisitFailed:
        return False
