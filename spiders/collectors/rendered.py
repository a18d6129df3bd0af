"""The page as rendered: its DOM with shadow trees written out, and pictures of it."""

from __future__ import annotations

import base64
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.spiders.tab import Tab

MAX_HTML = 5_000_000  # characters


async def html(tab: Tab) -> str:
    """Collector "rendered": the DOM now, open shadow trees in the place of their hosts' content."""
    script = files("auditor.spiders.collectors").joinpath("rendered.js").read_text("utf-8")
    return str(await tab.run(tab.document, f"({script})({MAX_HTML})") or "")


async def picture(tab: Tab, box: dict[str, float] | None = None) -> bytes:
    """Collector "screenshot": the viewport as PNG, or a part of it."""
    options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if box:
        options["clip"] = {**box, "scale": 1}
    reply = await tab.wire.send("Page.captureScreenshot", **options)
    return base64.b64decode(reply["data"])
