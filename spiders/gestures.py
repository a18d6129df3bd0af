"""What a visitor does beside the consent request: scrolls, and clicks where nothing is to be clicked."""

from __future__ import annotations

import asyncio
from typing import Any

from auditor.spiders.collectors.wire import WireError
from auditor.spiders.tab import Tab

STEPS = 6  # turns of the wheel down the page
TURN_LIMIT = 1.0  # seconds for a turn to have moved the page

# A spot in the page's text where no control, no listener's element and no floating thing is. Handlers that are
# attached by script cannot be seen: only what looks harmless to a visitor is clicked.
_SPOT = """(() => {
  const busy = "a,button,input,select,textarea,label,summary,details,iframe,video,audio,canvas,svg,img,form,dialog,object,embed,"
    + "[onclick],[role],[tabindex],[contenteditable],[draggable=true]";
  const floats = (node) => /fixed|sticky|absolute/.test(getComputedStyle(node).position);
  for (let row = 2; row < 18; row += 1) {
    for (let column = 2; column < 8; column += 1) {
      const x = innerWidth * column / 10, y = innerHeight * row / 20;
      const hit = document.elementFromPoint(x, y);
      if (!hit || hit === document.documentElement || hit.shadowRoot) continue;
      const style = getComputedStyle(hit);
      if (style.cursor !== "auto" && style.cursor !== "default" && style.cursor !== "text") continue;
      let free = true;
      for (let node = hit; node && node !== document.body; node = node.parentElement) {
        if (node.matches(busy) && !node.matches("main,article,section,[role=main]")) { free = false; break; }
        if (floats(node)) { free = false; break; }
      }
      if (free) return { x, y };
    }
  }
  return null;
})()"""
_PLACE = "scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? -1 : scrollY"


async def scroll(tab: Tab) -> None:
    """Turn the wheel down the page and back. Raises WireError."""
    for step in range(STEPS):
        before = await _place(tab)
        if before < 0 and step:
            break
        await _wheel(tab, 600 * (step + 1))
        await _moved(tab, before)
    await _wheel(tab, -30_000)


async def click_beside(tab: Tab) -> bool:
    """Click a harmless spot of the page; whether there was one. Raises WireError."""
    (document, *_) = await tab.documents()
    spot: dict[str, float] | None = await tab.run(document, _SPOT)
    if spot is None:
        return False
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        await tab.wire.send("Input.dispatchMouseEvent", type=kind, **spot, **button)
    return True


async def _wheel(tab: Tab, down: int) -> None:
    size: dict[str, Any] = await _size(tab)
    middle = {"x": size["width"] / 2, "y": size["height"] / 3}
    await tab.wire.send("Input.dispatchMouseEvent", type="mouseWheel", deltaX=0, deltaY=down, **middle)


async def _size(tab: Tab) -> dict[str, Any]:
    (document, *_) = await tab.documents()
    return await tab.run(document, "({width: innerWidth, height: innerHeight})")


async def _place(tab: Tab) -> float:
    """How far the page is scrolled; -1 at its end."""
    (document, *_) = await tab.documents()
    return float(await tab.run(document, _PLACE))


async def _moved(tab: Tab, before: float) -> None:
    """Wait until the page is somewhere else; a page that does not scroll stays where it is."""
    deadline = asyncio.get_running_loop().time() + TURN_LIMIT
    while asyncio.get_running_loop().time() < deadline:
        try:
            if await _place(tab) != before:
                return
        except WireError:
            return  # scrolling led to another page
        await asyncio.sleep(0.05)
