"""Reading a cookie line, of a Set-Cookie header or of ``document.cookie``, as browsers do (RFC 6265 sections 5.1.1 and 5.2)."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_DELIMITERS = re.compile(r"[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")
_DAY = re.compile(r"([0-9]{1,2})(?![0-9])")
_YEAR = re.compile(r"([0-9]{2,4})(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AGE = re.compile(r"-?[0-9]+")
LONGEST_AGE = 12  # digits


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line, or a script's call, asks for."""

    name: str
    value: str
    domain: str = ""
    path: str = ""
    lifetime: float | None = None  # seconds; None = until the browser is closed
    secure: bool = False
    http_only: bool = False
    same_site: str = ""


def read_line(line: str, now: float) -> Asked:
    """What a cookie line asks for; ``now`` (Unix time) turns Expires into a lifetime. Max-Age wins over Expires."""
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


def _lifetime(attributes: Mapping[str, str], now: float) -> float | None:
    age = attributes.get("max-age", "")
    if _AGE.fullmatch(age):
        return float(age[:LONGEST_AGE])
    expires = date(attributes.get("expires", ""))
    return None if expires is None else round(expires - now)


def date(text: str) -> float | None:
    """Unix time of a cookie's date, whose parts may come in any order; always UTC. None when it is no date."""
    found: dict[str, tuple[int, ...]] = {}
    for token in _DELIMITERS.split(text):
        kinds = (("time", _TIME), ("day", _DAY), ("month", None), ("year", _YEAR))
        for kind, pattern in kinds:
            if kind not in found and (numbers := _numbers(token, pattern)):
                found[kind] = numbers
                break
    if len(found) < 4:
        return None
    (year,), (month,), (day,) = found["year"], found["month"], found["day"]
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        moment = datetime(year, month, day, *found["time"])
    except ValueError:
        return None
    return float(timegm(moment.timetuple())) if year > 1600 else None


def _numbers(token: str, pattern: re.Pattern[str] | None) -> tuple[int, ...]:
    """What a part of a date says: numbers, or that of a month for its name's first letters."""
    if pattern is None:
        name = token[:3].lower()
        return (_MONTHS.index(name) + 1,) if name in _MONTHS else ()
    match = pattern.match(token)
    return tuple(map(int, match.groups())) if match else ()
