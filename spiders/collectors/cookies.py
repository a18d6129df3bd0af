"""The profile's cookie jar, and what Set-Cookie lines and scripts asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.model import Cookie, CookieWrite, Phase
from auditor.spiders.collectors.requests import SetCookie
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.wire import Wire
from auditor.spiders.setcookie import read_line
from auditor.urls import host_of


async def jar(wire: Wire) -> list[dict[str, Any]]:
    """Collector "cookies": every cookie of the profile as CDP tells it, values included, for this moment only."""
    return (await wire.send("Storage.getCookies"))["cookies"]


def jar_records(
    cookies: Iterable[dict[str, Any]], phase: Phase, redactor: Redactor, planted: frozenset[tuple[str, str]]
) -> Iterator[Cookie]:
    """The jar as records; ``planted`` are (name, value) of cookies that the auditor itself brought along."""
    now = time.time()
    for cookie in cookies:
        if (cookie["name"], cookie["value"]) in planted:
            continue
        yield Cookie(
            visit="",
            phase=phase,
            name=cookie["name"],
            domain=cookie["domain"],
            path=cookie["path"],
            lifetime=None if cookie.get("session") else round(cookie["expires"] - now),
            secure=cookie["secure"],
            http_only=cookie["httpOnly"],
            same_site=cookie.get("sameSite", ""),
            partition_key=(cookie.get("partitionKey") or {}).get("topLevelSite", ""),
            third_party=redactor.third_party_host(cookie["domain"].lstrip(".")),
            value=redactor.shape(cookie["value"]),
        )


def header_records(lines: Iterable[SetCookie], clock: Clock, redactor: Redactor) -> Iterator[CookieWrite]:
    """The Set-Cookie headers of a visit."""
    for line in lines:
        phase = clock.phase(line.time)
        if phase is None:
            continue
        asked = read_line(line.line, line.time)
        yield CookieWrite(
            visit="",
            phase=phase,
            at=clock.since_start(line.time),
            via="header",
            name=asked.name,
            domain=asked.domain or host_of(line.url),
            path=asked.path or "/",
            lifetime=asked.lifetime,
            secure=asked.secure,
            http_only=asked.http_only,
            same_site=asked.same_site,
            third_party=redactor.third_party(line.url),
            url=redactor.plain(line.url),
            blocked=line.blocked,
            value=redactor.shape(asked.value),
        )
