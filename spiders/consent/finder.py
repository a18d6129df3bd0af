"""Finds the consent request that a visitor sees, in the page, its frames and its shadow trees."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.model import Button, Switch
from auditor.spiders.collectors.wire import WireError
from auditor.spiders.consent.lexicon import patterns
from auditor.spiders.tab import Document, Tab, evaluate

ANSWERS = frozenset({"accept", "reject", "save"})
MAX_FRAMES = 30  # looked into, the page's own first


@dataclass(frozen=True, slots=True)
class Control:
    """A control of the request; ``index`` names it to the script in the page."""

    index: int
    text: str
    role: str  # accept | reject | settings | save | close | policy | pay | other
    tag: str
    visible: bool
    leaves: bool  # pressing it opens another page
    strong: bool  # accepts or refuses in as many words
    disabled: bool
    box: tuple[float, float, float, float]  # x, y, width, height in the viewport
    color: str
    background: str
    border: str
    contrast: float  # of text and background (WCAG 2.2); 0 = unknown
    size: float  # of the font, in CSS pixels
    bold: bool
    name: str  # accessible name
    aria: str  # role in the accessibility tree
    focusable: bool
    href: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A consent request as seen: where, what it says, and its controls in the order of the document."""

    document: Document
    context: int
    text: str
    controls: tuple[Control, ...]
    box: tuple[float, float, float, float]
    rank: int
    decides: bool  # it has a control that decides something
    blocks_page: bool
    language: str  # declared by its document
    switches: tuple[Switch, ...]
    page_hidden: bool  # nothing of the page can be read behind it
    moving: bool  # it is still coming into the page
    role: str  # of its dialog, in the accessibility tree
    name: str  # accessible name of its dialog

    @property
    def at_rest(self) -> bool:
        """Whether it is where it is going to be: not moving, and with its answers to be seen."""
        return not self.moving and self.decides and any(c.visible for c in self.controls if c.role in ANSWERS)

    def having(self, role: str) -> list[Control]:
        """The usable controls of a role, the plainest first."""
        found = [
            c for c in self.controls if c.role == role and not c.disabled and (c.visible or c.box[2] * c.box[3] > 4)
        ]
        return sorted(found, key=lambda c: (not c.visible, c.leaves, not c.strong, c.index))

    def switch_records(self, layer: int = 1) -> tuple[Switch, ...]:
        return tuple(dataclasses.replace(switch, layer=layer) for switch in self.switches)

    def buttons(self, layer: int = 1) -> tuple[Button, ...]:
        return tuple(_button(control, layer) for control in self.controls)


def _button(control: Control, layer: int) -> Button:
    x, y, width, height = control.box
    return Button(
        text=control.text,
        role=control.role if control.role != "pay" else "other",
        layer=layer,
        tag=control.tag,
        visible=control.visible,
        x=x,
        y=y,
        width=width,
        height=height,
        color=control.color,
        background=control.background,
        border=control.border,
        contrast=control.contrast,
        font_size=control.size,
        bold=control.bold,
        name=control.name,
        aria=control.aria,
        focusable=control.focusable,
        href=control.href,
    )


@cache
def _script(anywhere: bool) -> str:
    source = files("auditor.spiders.consent").joinpath("finder.js").read_text("utf-8")
    return f"(...closedRoots) => ({source})({json.dumps({**patterns(), 'anywhere': anywhere})}, ...closedRoots)"


async def find(tab: Tab, *, anywhere: bool = False) -> Banner | None:
    """The request that a visitor sees now, or None. Raises WireError when the page itself cannot be looked at.

    ``anywhere``: in the content of a page, too, where the preferences of a page of settings stand.
    """
    documents = (await tab.documents())[:MAX_FRAMES]
    best = None
    for document in documents:
        try:
            found = await _look(tab, document, anywhere)
        except WireError:
            if document is documents[0]:
                raise
            continue  # the frame went away meanwhile
        if found and (best is None or found.rank > best.rank):
            best = found
    return best


async def _look(tab: Tab, document: Document, anywhere: bool) -> Banner | None:
    context = await tab.world(document)
    told = await ask(tab, document, context, _script(anywhere))
    if told is None:
        return None
    shift = (0.0, 0.0)
    if document.parent:
        owner = await _owner(tab, document)
        if owner is None:
            return None
        shift = owner
    return _banner(document, context, told, shift)


async def ask(tab: Tab, document: Document, context: int, script: str) -> dict[str, Any] | None:
    """What a script tells about a document; it is called with the closed shadow trees. Raises WireError."""
    trees = await _closed_trees(document, context) if tab.writes.log.closed_trees else []
    if not trees:
        return await evaluate(document.wire, context, f"({script})()")
    reply = await document.wire.send(
        "Runtime.callFunctionOn",
        functionDeclaration=script,
        arguments=[{"objectId": tree} for tree in trees],
        executionContextId=context,
        returnByValue=True,
    )
    return reply["result"].get("value")


async def _closed_trees(document: Document, context: int) -> list[str]:
    """Handles of the document's closed shadow trees."""
    root = (await document.wire.send("DOM.getDocument", depth=-1, pierce=True))["root"]
    handles = []
    for node in _closed(root):
        reply = await document.wire.send("DOM.resolveNode", backendNodeId=node, executionContextId=context)
        handles.append(reply["object"]["objectId"])
    return handles


def _closed(node: dict[str, Any]) -> Iterator[int]:
    for tree in node.get("shadowRoots", ()):
        if tree["shadowRootType"] == "closed":
            yield tree["backendNodeId"]
    for child in (*node.get("shadowRoots", ()), *node.get("children", ())):
        yield from _closed(child)


async def _owner(tab: Tab, document: Document) -> tuple[float, float] | None:
    """Where a frame's content begins in the viewport; None when a visitor does not see the frame."""
    parents = {item.frame: item for item in await tab.documents()}
    parent = parents.get(document.parent)
    if parent is None:
        return None
    node = (await parent.wire.send("DOM.getFrameOwner", frameId=document.frame))["backendNodeId"]
    context = await tab.world(parent)
    handle = await parent.wire.send("DOM.resolveNode", backendNodeId=node, executionContextId=context)
    reply = await parent.wire.send(
        "Runtime.callFunctionOn",
        objectId=handle["object"]["objectId"],
        functionDeclaration=_SEEN,
        returnByValue=True,
    )
    box = reply["result"].get("value")
    if not box:
        return None
    above = await _owner(tab, parent) if parent.parent else (0.0, 0.0)
    return (above[0] + box["x"], above[1] + box["y"]) if above else None


_SEEN = """function () {
  const box = this.getBoundingClientRect();
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1));
  const inView = box.width > 1 && box.height > 1 && box.x < innerWidth && box.y < innerHeight && box.right > 0 && box.bottom > 0;
  const shown = this.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const hit = middle && (middle === this || middle.shadowRoot || middle.contains(this));
  return shown && inView && hit ? { x: box.x + this.clientLeft, y: box.y + this.clientTop } : null;
}"""


def _banner(document: Document, context: int, told: dict[str, Any], shift: tuple[float, float]) -> Banner:
    return Banner(
        document=document,
        context=context,
        text=told["text"],
        controls=tuple(_control(index, item, shift) for index, item in enumerate(told["controls"])),
        box=_shifted(told["box"], shift),
        rank=told["rank"],
        decides=told["decides"],
        blocks_page=told["blocks"],
        language=told["language"],
        switches=tuple(Switch(**switch) for switch in told["switches"]),
        page_hidden=told["hides"],
        moving=told["moving"],
        role=told["role"],
        name=told["name"],
    )


def _control(index: int, item: dict[str, Any], shift: tuple[float, float]) -> Control:
    return Control(
        index=index,
        text=item["text"],
        role=item["role"],
        tag=item["tag"],
        visible=item["visible"],
        leaves=item["leaves"],
        strong=item["strong"],
        disabled=item["disabled"],
        box=_shifted(item["box"], shift),
        color=item["color"],
        background=item["background"],
        border=item["border"],
        contrast=item["contrast"],
        size=item["size"],
        bold=item["bold"],
        name=item["name"],
        aria=item["aria"],
        focusable=item["focusable"],
        href=item["href"],
    )


def _shifted(box: dict[str, float], shift: tuple[float, float]) -> tuple[float, float, float, float]:
    x, y = box["x"] + shift[0], box["y"] + shift[1]
    return round(x, 1), round(y, 1), round(box["width"], 1), round(box["height"], 1)
