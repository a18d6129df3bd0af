"""What a visitor does beside the consent request: scrolls, and clicks where nothing is to be clicked."""

from __future__ import annotations

import asyncio
import json
import time
from importlib.resources import files
from typing import Any

from auditor.spiders.collectors.wire import WireError
from auditor.spiders.tab import TICK, Document, Tab, evaluate

TURNS = 6  # of the wheel, down the page
TURN_LIMIT = 0.5  # seconds for a turn to have moved the page
MAX_SPOTS = 12  # that are asked for their listeners
_PRESSES = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"})
_PLACE = "[scrollY, scrollY + innerHeight >= document.documentElement.scrollHeight - 2, innerWidth, innerHeight]"

Box = tuple[float, float, float, float]


async def scroll(tab: Tab) -> None:
    """Turn the wheel to the end of the page and back to its beginning. Raises WireError."""
    (document, *_) = await tab.documents()
    for turn in range(TURNS):
        _, at_end, width, height = await tab.run(document, _PLACE)
        if at_end and turn:
            break
        await _wheel(tab, document, width, height, 600 * (turn + 1))
    await _wheel(tab, document, width, height, -100_000)


async def _wheel(tab: Tab, document: Document, width: float, height: float, down: int) -> None:
    """One turn, until it has moved the page; one that does not move it has its time."""
    before = (await tab.run(document, _PLACE))[0]
    middle = {"x": width / 2, "y": height / 3}
    await tab.wire.send("Input.dispatchMouseEvent", type="mouseWheel", deltaX=0, deltaY=down, **middle)
    deadline = time.monotonic() + TURN_LIMIT
    while time.monotonic() < deadline and (await tab.run(document, _PLACE))[0] == before:
        await asyncio.sleep(TICK)


async def click_beside(tab: Tab, request: Box | None) -> bool:
    """Click a harmless spot of the page outside of the consent request; whether there was one. Raises WireError."""
    (document, *_) = await tab.documents()
    spot = await _harmless(tab, document, request)
    if spot is None:
        return False
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        button: dict[str, Any] = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        await tab.wire.send("Input.dispatchMouseEvent", type=kind, x=spot[0], y=spot[1], **button)
    return True


async def _harmless(tab: Tab, document: Document, request: Box | None) -> tuple[float, float] | None:
    """The first spot of text that looks harmless, and whose element no script of the page listens to."""
    world = await tab.world(document)
    script = files("auditor.spiders").joinpath("gestures.js").read_text("utf-8")
    spots = await evaluate(document.wire, world, f"({script})({json.dumps(request)})")
    for index, (x, y) in enumerate(spots[:MAX_SPOTS]):
        if not await _listens(document, world, index):
            return x, y
    return None


async def _listens(document: Document, world: int, index: int) -> bool:
    """Whether a press on the spot's element, or on one of the small elements around it, would be heard by a script."""
    for depth in range(4):
        reply = await document.wire.send(
            "Runtime.evaluate", expression=f"auditorSpots[{index}][{depth}]", contextId=world
        )
        handle = reply["result"].get("objectId")
        if handle is None:
            return False
        try:
            told = await document.wire.send("DOMDebugger.getEventListeners", objectId=handle)
        except WireError:
            return True
        if any(listener["type"] in _PRESSES for listener in told["listeners"]):
            return True
    return False
