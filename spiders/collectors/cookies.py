"""The profile's cookie jar, and what Set-Cookie lines and scripts asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from auditor.model import Cookie, CookieWrite, Phase
from auditor.spiders.collectors.requests import SetCookie
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.wire import Wire
from auditor.urls import host_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A Set-Cookie line or a ``document.cookie`` string, read as RFC 6265 section 5.2 does."""

    name: str
    value: str
    domain: str = ""
    path: str = ""
    lifetime: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""


def read_line(line: str, now: float) -> Asked:
    """What a cookie line asks for; ``now`` turns Expires into a lifetime in seconds. Max-Age wins over Expires."""
    pair, *rest = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    attributes = {}
    for item in rest:
        key, _, text = item.partition("=")
        attributes[key.strip().lower()] = text.strip().strip('"')
    return Asked(
        name=name.strip(),
        value=value.strip(),
        domain=attributes.get("domain", "").lstrip(".").lower(),
        path=attributes.get("path", "") if attributes.get("path", "").startswith("/") else "",
        lifetime=_lifetime(attributes, now),
        secure="secure" in attributes,
        http_only="httponly" in attributes,
        same_site=attributes.get("samesite", "").capitalize(),
    )


def _lifetime(attributes: dict[str, str], now: float) -> float | None:
    if attributes.get("max-age", "").lstrip("-").isdigit():
        return float(attributes["max-age"])
    if "expires" not in attributes:
        return None
    try:
        return round(parsedate_to_datetime(attributes["expires"]).timestamp() - now)
    except (ValueError, OverflowError):
        return None


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
