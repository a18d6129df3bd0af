"""Hosts autoconsent, which knows the common consent tools: it names them, and operates those that our finder cannot.

It runs in our own world of each document, so that the page neither sees nor disturbs it; the few steps that need the page's
own objects are run there for it. It is loaded only where a request was seen, for its rules are many.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.spiders.collectors.wire import Wire, WireError
from auditor.spiders.tab import WORLD, Document, Tab, evaluate

BINDING = "auditorAutoconsent"
MAX_FRAMES = 10
DETECT_LIMIT = 3.0  # seconds
ACT_LIMIT = 15.0
CONFIG = {
    "enabled": True,
    "autoAction": None,
    "enablePrehide": False,
    "enableCosmeticRules": False,
    "enableGeneratedRules": True,
    "enableHeuristicDetection": False,
    # Its heuristic takes an "OK" for a refusal; finding buttons by their words is our finder's work.
    "heuristicMode": "off",
    "enableFilterList": False,
    "detectRetries": 0,
    "isMainWorld": False,
}
# Names for people where a rule's is not one. Complianz took over the markup of an older library.
TOOLS = {
    **dict.fromkeys(
        ("Complianz banner", "Complianz notice", "Complianz opt-out", "Complianz optin"),
        "Cookie Consent (Osano) or Complianz",
    ),
    "cookieconsent2": "vanilla-cookieconsent 2",
    "cookieconsent3": "vanilla-cookieconsent 3",
    "tarteaucitron deny": "tarteaucitron",
    "tarteaucitron.js": "tarteaucitron",
}
_LISTEN = f"""(() => {{
  const tell = globalThis.{BINDING};
  globalThis.autoconsentSendMessage = (message) => tell(JSON.stringify(message));
  addEventListener("click", (event) => {{
    const target = event.composedPath()[0];
    tell(JSON.stringify({{type: "click", at: Date.now() / 1000,
      text: String(target.innerText || target.value || target.ariaLabel || "").trim().slice(0, 200)}}));
  }}, true);
}})();"""


@cache
def _script() -> str:
    return files("auditor.spiders.consent.autoconsent").joinpath("autoconsent.playwright.js").read_text("utf-8")


@cache
def _rules() -> list[dict[str, Any]]:
    text = files("auditor.spiders.consent.autoconsent").joinpath("rules.json").read_text("utf-8")
    return json.loads(text)["autoconsent"]


def rules_for(url: str, *, main: bool) -> list[dict[str, Any]]:
    """The rules that may apply to a document: most are for one site, or for the page's own document alone."""
    return [rule for rule in _rules() if _applies(rule.get("runContext") or {}, url, main)]


def _applies(where: dict[str, Any], url: str, main: bool) -> bool:
    if not where.get("main" if main else "frame", main):
        return False
    try:
        return not where.get("urlPattern") or bool(re.search(where["urlPattern"], url))
    except re.error:
        return True  # a pattern that only JavaScript reads: let it decide


class Autoconsent:
    """The autoconsent of the page that is loaded. Use it as ``async with Autoconsent(tab) as tool``, once a page."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._contexts: dict[int, Document] = {}
        self._popups: list[tuple[int, str]] = []
        self._detected: list[str] = []
        self._idle: set[int] = set()
        self._result: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._news = asyncio.Event()
        self.rule = ""
        self.clicks: list[tuple[float, str]] = []
        self._open = False

    async def __aenter__(self) -> Autoconsent:
        self._tab.wires.on("Runtime.bindingCalled", self._called)
        self._open = True
        documents = [item for item in await self._tab.documents() if item.url.startswith("http")][:MAX_FRAMES]
        for document in documents:
            with suppress(WireError):
                await self._inject(document)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._open = False

    async def _inject(self, document: Document) -> None:
        context = await self._tab.world(document)
        self._contexts[context] = document
        await document.wire.send("Runtime.addBinding", name=BINDING, executionContextName=WORLD)
        await evaluate(document.wire, context, _LISTEN + _script() + ";0")

    async def detect(self) -> str:
        """The rule of the tool that is there, or ""; of one whose request is open, if any."""
        deadline = time.monotonic() + DETECT_LIMIT
        while not self._popups and self._idle < set(self._contexts) and time.monotonic() < deadline:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), deadline - time.monotonic())
        self.rule = next(iter([name for _, name in self._popups] + self._detected), "")
        return self.rule

    @property
    def tool(self) -> str:
        """The consent tool, for people; a rule that was generated for one site names none."""
        return "" if self.rule.startswith("auto_") else TOOLS.get(self.rule, self.rule)

    async def act(self, action: str) -> bool:
        """Let the rule make the choice; whether it says that it did, which proves nothing."""
        if not self._popups:
            return False
        context, _ = self._popups[0]
        kind = "optOut" if action == "reject" else "optIn"
        await self._send(context, {"type": kind})
        try:
            return await asyncio.wait_for(self._result, ACT_LIMIT)
        except TimeoutError:
            return False
        finally:
            await self._unhide()

    async def _unhide(self) -> None:
        """Some rules "opt out" by hiding the request: a visitor has no such button, and nothing was chosen."""
        for context, document in self._contexts.items():
            with suppress(WireError):
                await evaluate(document.wire, context, "document.getElementById('autoconsent-css-rules')?.remove()")

    # --- messages ---

    def _called(self, params: dict[str, Any], wire: Wire) -> None:
        if params["name"] != BINDING or not self._open:
            return
        message, context = json.loads(params["payload"]), params["executionContextId"]
        kind = message.get("type")
        if kind == "init":
            self._tab.wires.spawn(self._initialise(context))
        elif kind == "eval":
            self._tab.wires.spawn(self._eval(context, message))
        elif kind == "popupFound":
            self._popups.append((context, message["cmp"]))
        elif kind == "cmpDetected":
            self._detected.append(message["cmp"])
        elif kind == "click":
            self.clicks.append((message["at"], message["text"]))
        elif kind in ("optOutResult", "optInResult") and not self._result.done():
            self._result.set_result(bool(message["result"]))
        elif kind == "report" and message["state"]["lifecycle"] == "nothingDetected":
            self._idle.add(context)
        self._news.set()

    async def _initialise(self, context: int) -> None:
        document = self._contexts[context]
        rules = rules_for(document.url, main=not document.parent)
        await self._send(context, {"type": "initResp", "config": CONFIG, "rules": {"autoconsent": rules}})

    async def _eval(self, context: int, message: dict[str, Any]) -> None:
        document = self._contexts[context]
        own = self._tab.own_worlds.get(document.frame)
        try:
            result = await evaluate(document.wire, own, message["code"]) if own else False
        except WireError:
            result = False
        await self._send(context, {"type": "evalResp", "id": message["id"], "result": result})

    async def _send(self, context: int, message: dict[str, Any]) -> None:
        wire = self._contexts[context].wire
        expression = f"void autoconsentReceiveMessage({json.dumps(message)})"
        await wire.send("Runtime.evaluate", expression=expression, contextId=context)
