"""Presses a control as a visitor does: with the mouse, where it is seen."""

from __future__ import annotations

import asyncio
from typing import Any

from auditor.spiders.collectors.wire import Wire, WireError
from auditor.spiders.consent.finder import Banner, Control
from auditor.spiders.tab import Tab, evaluate

_SEEN = "function () { return auditor.seen(this); }"
_ON_TOP = """function () {
  const box = this.getBoundingClientRect();
  let hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  for (let root = hit && hit.shadowRoot; root; root = hit.shadowRoot) {
    const inner = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return !!hit && (this === hit || this.contains(hit));
}"""
_CLICK = "function () { this.click(); }"


async def press(tab: Tab, banner: Banner, control: Control, *, by_script: bool = False) -> None:
    """Press it. A control that is covered or out of reach of the mouse is clicked by script. Raises WireError."""
    wire = banner.document.wire
    reply = await wire.send(
        "Runtime.evaluate", expression=f"auditor.controls[{control.index}]", contextId=banner.context
    )
    handle = reply["result"].get("objectId")
    if handle is None:
        raise WireError("the control is gone")
    await press_handle(tab, wire, handle, seen=_SEEN, by_script=by_script)


async def press_handle(tab: Tab, wire: Wire, handle: str, *, seen: str = _ON_TOP, by_script: bool = False) -> None:
    """Press an element by its handle; ``seen`` is the function that says whether the mouse would hit it."""
    place = None if by_script else await _place(wire, handle)
    if place and wire is tab.wire and await _call(wire, handle, seen):
        await _mouse(tab, *place)
    else:
        await _call(wire, handle, _CLICK)


async def turn_switches(banner: Banner, on: bool) -> int:
    """Put the switches of all purposes that are not strictly necessary on or off; how many were moved."""
    return int(await evaluate(banner.document.wire, banner.context, f"auditor.turn({'true' if on else 'false'})"))


async def _place(wire: Wire, handle: str) -> tuple[float, float] | None:
    """The middle of an element in the viewport, once it is scrolled into it."""
    try:
        await wire.send("DOM.scrollIntoViewIfNeeded", objectId=handle)
        quads = (await wire.send("DOM.getContentQuads", objectId=handle))["quads"]
    except WireError:
        return None  # it has no box
    if not quads:
        return None
    return sum(quads[0][0::2]) / 4, sum(quads[0][1::2]) / 4


async def _mouse(tab: Tab, x: float, y: float) -> None:
    common: dict[str, Any] = {"x": x, "y": y, "pointerType": "mouse"}
    await tab.wire.send("Input.dispatchMouseEvent", type="mouseMoved", **common)
    button = {"button": "left", "clickCount": 1}
    await tab.wire.send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, **button, **common)
    # The page may go away on the release, and the browser then never says that it was delivered.
    release = tab.wire.send("Input.dispatchMouseEvent", limit=3, type="mouseReleased", **button, **common)
    try:
        await release
    except WireError:
        await asyncio.sleep(0)


async def _call(wire: Wire, handle: str, function: str) -> Any:
    reply = await wire.send("Runtime.callFunctionOn", objectId=handle, functionDeclaration=function, returnByValue=True)
    return reply["result"].get("value")
