"""Cookie and storage writes by scripts, with the line that made them."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import urlsplit

from auditor.model import Cause, CookieWrite
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.wire import Wire, Wires
from auditor.spiders.setcookie import Asked, read_line
from auditor.urls import host_of

MAX_WRITES = 500  # reported by one document, and
MAX_KEPT = 5_000  # kept of one visit
_PLACE = re.compile(r"((?:https?|file):[^\s()]+?):(\d+):(\d+)")
_FUNCTION = re.compile(r"^\s*at (?:async )?(?:new )?([^\s(]+) \(")


@dataclass(slots=True)
class Write:
    time: float
    told: dict[str, Any]
    cause: tuple[str, int, int, str]


@dataclass(slots=True)
class WriteLog:
    """What scripts wrote in one visit."""

    writes: list[Write] = field(default_factory=list)

    def records(self, clock: Clock, redactor: Redactor) -> Iterator[CookieWrite]:
        """The cookie writes of the visit."""
        for write in self.writes:
            phase, kind = clock.phase(write.time), write.told.get("kind")
            if phase is None or kind not in ("document.cookie", "cookieStore"):
                continue
            asked = _asked(write)
            url = str(write.told.get("url", ""))
            yield CookieWrite(
                visit="",
                phase=phase,
                at=clock.since_start(write.time),
                via=kind,
                name=asked.name,
                domain=asked.domain or host_of(url),
                path=asked.path or "/",
                lifetime=asked.lifetime,
                secure=asked.secure,
                same_site=asked.same_site,
                third_party=redactor.third_party(url),
                url=redactor.plain(url),
                blocked=_blocked(write, asked, url),
                cause=cause_record(write.cause, redactor),
                value=redactor.shape(asked.value),
            )

    @property
    def closed_trees(self) -> bool:
        """Whether a document made a shadow tree that scripts cannot look into."""
        return any(write.told.get("kind") == "closed shadow tree" for write in self.writes)

    def storage_causes(self) -> dict[tuple[str, str, str], tuple[str, int, int, str]]:
        """(area, origin, key) -> who wrote it first in this visit."""
        found: dict[tuple[str, str, str], tuple[str, int, int, str]] = {}
        for write in self.writes:
            if write.told.get("kind") == "storage":
                parts = urlsplit(str(write.told.get("url", "")))
                key = (str(write.told["area"]), f"{parts.scheme}://{parts.netloc}", str(write.told["key"]))
                found.setdefault(key, write.cause)
        return found


class Told(Protocol):
    """A collector whose part of the script tells through the same binding: one script and one binding cost least."""

    kind: str  # of what it tells
    source: str  # JavaScript, a function that is given the means of writes.js

    def hear(self, told: Write) -> None: ...


class Writes:
    """Collector "writes": told by a script in every document, through a binding that it hides before the page can see it."""

    name = "writes"

    def __init__(self, wires: Wires, *others: Told) -> None:
        self.log = WriteLog()
        self._others = {other.kind: other for other in others}
        self._binding = "b" + secrets.token_hex(12)
        source = files("auditor.spiders.collectors").joinpath("writes.js").read_text("utf-8")
        documents = ("page", "iframe")
        wires.prepare(documents, "Runtime.addBinding", name=self._binding)
        further = ",".join(other.source for other in others)
        script = f"{source}({json.dumps(self._binding)}, {MAX_WRITES}, {further});"
        wires.prepare(documents, "Page.addScriptToEvaluateOnNewDocument", source=script)
        wires.on("Runtime.bindingCalled", self._called)

    def begin(self) -> None:
        """A visit begins, with a log of its own."""
        self.log = WriteLog()

    def _called(self, params: dict[str, Any], wire: Wire) -> None:
        if params["name"] != self._binding:
            return
        try:
            told = json.loads(params["payload"])
            write = Write(float(told["at"]), told, innermost(str(told.get("stack", ""))))
            if other := self._others.get(told.get("kind")):
                other.hear(write)
            elif len(self.log.writes) < MAX_KEPT:
                self.log.writes.append(write)
        except (ValueError, KeyError, TypeError):
            return  # no page can call the binding, but its scripts may have broken what ours relies on


def cause_record(cause: tuple[str, int, int, str], redactor: Redactor) -> Cause:
    url, line, column, function = cause
    return Cause(url=redactor.plain(url), line=line, column=column, function=function[:200])


def innermost(stack: str) -> tuple[str, int, int, str]:
    """Address, line, column (from 1) and function of the first line of a V8 stack that is in a script with an address."""
    for line in stack.splitlines():
        places = _PLACE.findall(line)
        if places:
            url, row, column = places[-1]
            function = _FUNCTION.match(line)
            return url, int(row), int(column), function[1] if function else ""
    return "", 0, 0, ""


def _asked(write: Write) -> Asked:
    told = write.told
    if told["kind"] == "document.cookie":
        return read_line(str(told.get("line", "")), write.time)
    ask = told.get("ask") or {}
    lifetime = None
    if told.get("gone"):
        lifetime = 0.0
    elif isinstance(ask.get("expires"), int | float):
        lifetime = round(ask["expires"] / 1000 - write.time)
    elif isinstance(ask.get("maxAge"), int | float):
        lifetime = float(ask["maxAge"])
    return Asked(
        name=str(ask.get("name") or ""),
        value=str(ask.get("value") or ""),
        domain=str(ask.get("domain") or "").lstrip(".").lower(),
        path=str(ask.get("path") or ""),
        lifetime=lifetime,
        secure=True,  # the Cookie Store API knows no other cookies
        same_site=str(ask.get("sameSite") or "strict").capitalize(),
    )


def _blocked(write: Write, asked: Asked, url: str) -> tuple[str, ...]:
    """Whether ``document.cookie`` lacks, right after the write, what was to be set for this very path."""
    deleted = asked.lifetime is not None and asked.lifetime <= 0
    here = urlsplit(url).path.startswith(asked.path or "/")
    if write.told["kind"] != "document.cookie" or deleted or not here:
        return ()
    pairs = [pair.strip() for pair in str(write.told.get("after", "")).split(";")]
    wanted = f"{asked.name}={asked.value}" if asked.name else asked.value
    return () if wanted in pairs else ("NotStored",)
