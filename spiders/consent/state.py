"""The stored consent state: what the browser keeps of a choice, and whether that says yes or no.

The effect of a press is judged by this, because a tool's own word for it proves nothing. Values are looked at in memory only.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from auditor.spiders.collectors.cookies import jar
from auditor.spiders.tab import Tab

Stored = Mapping[tuple[str, str, str], str]  # (kind, domain or origin, name) -> value

_NAME = re.compile(
    r"cookie|consent|gdpr|ccpa|cpra|cmp|privacy|optanon|klaro|tarteaucitron|orejime|^cc_|_cc$|cky|cmplz|borlabs|didomi|^uc_|"
    r"usercentrics|euconsent|tracking|dsgvo|rgpd|lgpd|accept|opt[-_ ]?(in|out)|agree|choice|preferences|banner|termly|osano|iubenda",
    re.IGNORECASE,
)
_PURPOSES = re.compile(
    r"necessary|essential|analytic|statisti|marketing|advert|targeting|performance|functional|preferences|C000\d",
    re.IGNORECASE,
)
_NECESSARY = re.compile(
    r"necess|essential|required|strictly|mandatory|technical|notwendig|erforderlich|essen[tz]iell|essentiel|obligat|tecnic|C0001|"
    r"필수|必要|必需|必須|必须",
    re.IGNORECASE,
)
# Keys that say something about the tool or its window, not about what was allowed.
_BESIDE = re.compile(
    r"version|revision|time|date|stamp|expir|lang|^id$|uuid|consent_?id|region|country|shown|visible|open|seen|implicit|explicit|"
    r"confirmed|interact|action|method|landing|geo|await|close|dismiss|hosts|iab|gpc|isgpc|ver$",
    re.IGNORECASE,
)
_YES = re.compile(r"true|1|y|yes|on|in|all|(allow|grant|accept)(ed|_all)?|agreed?|opt(ed)?-?in", re.IGNORECASE)
_NO = re.compile(
    r"false|0|n|no|off|out|none|den(y|ied)(_all)?|reject(ed)?|refused?|declined?|disagreed?|opt(ed)?-?out|necessary|essential",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([\w.-]+?)\s*[=:]\s*([\w.-]+)")
MAX_VALUE = 20_000
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Change:
    """What a choice changed in the stored state: whether anything like consent did, and what it says."""

    names: tuple[str, ...] = ()
    yes: int = 0
    no: int = 0

    def speaks_for(self, action: str) -> bool:
        """It says in as many words what was chosen."""
        return self.yes > 0 if action == "accept" else self.no > 0 and self.yes == 0

    def speaks_against(self, action: str) -> bool:
        """It says the opposite, and nothing in favour."""
        return self.yes == 0 and self.no > 0 if action == "accept" else self.yes > 0 and self.no == 0


async def stored(tab: Tab) -> Stored:
    """Everything that is stored now."""
    found = {("cookie", cookie["domain"], cookie["name"]): cookie["value"] for cookie in await jar(tab.wire)}
    for (area, origin), items in (await tab.storage.snapshot()).items():
        found |= {(area, origin, key): value for key, value in items.items()}
    return found


def change(before: Stored, after: Stored) -> Change:
    """What looks like a consent state and is new or different."""
    names, yes, no = [], 0, 0
    for key, value in after.items():
        if before.get(key) == value or not _is_consent(key[2], value):
            continue
        names.append(key[2])
        more_yes, more_no = verdict(key[2], value)
        yes, no = yes + more_yes, no + more_no
    return Change(names=tuple(sorted(set(names))), yes=yes, no=no)


def taken_back(before: Stored, after: Stored) -> tuple[str, ...]:
    """Names of what looked like a consent that says yes before, and is not there any more."""
    gone = (key for key, value in before.items() if key not in after and _is_consent(key[2], value))
    return tuple(sorted({key[2] for key in gone if verdict(key[2], before[key])[0] > 0}))


def _is_consent(name: str, value: str) -> bool:
    return bool(_NAME.search(name)) or len(set(_PURPOSES.findall(_decoded(value)[:MAX_VALUE]))) >= 2


def verdict(name: str, value: str) -> tuple[int, int]:
    """How often a stored value says yes and no to something that is not strictly necessary."""
    text = _decoded(value)[:MAX_VALUE]
    words = [answer for key, said in _statements(name, text) if (answer := _answer(key, said)) is not None]
    return words.count(True), words.count(False)


def _decoded(value: str) -> str:
    for _ in range(3):
        plain = unquote(value)
        if plain == value:
            break
        value = plain
    if re.fullmatch(r"[A-Za-z0-9+/_-]{8,}={0,2}", value):
        try:
            text = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return value
        return text if text[:1] in "{[" else value
    return value


def _statements(name: str, text: str) -> Iterator[tuple[str, str]]:
    """(what, answer) pairs in a stored value: of JSON, of ``a:1,b=0`` lists, or the whole value about the whole."""
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if isinstance(data, dict | list):
        yield from _walk(name, data, 0)
        return
    pairs = _PAIR.findall(text)
    yield from pairs or _named(name, text.strip("\"' "))


def _named(name: str, text: str) -> list[tuple[str, str]]:
    """A bare value: an answer about the whole, or a list of the categories that were allowed (``necessary,analytics``)."""
    items = [item for item in re.split(r"[,|;\s]+", text) if item]
    if _NO.fullmatch(text) or not any(_NECESSARY.search(item) or _PURPOSES.search(item) for item in items):
        return [(name, text)]
    optional = [item for item in items if not _NECESSARY.search(item)]
    return [(item, "true") for item in optional] or [(name, "false")]


def _walk(key: str, data: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _walk(name, value, depth + 1)
    elif isinstance(data, list):
        yield from _list(key, data, depth)
    elif isinstance(data, bool | int | str):
        yield key, str(data).lower()


def _list(key: str, data: list[Any], depth: int) -> Iterator[tuple[str, str]]:
    """A list of what was allowed (``"categories": ["necessary"]``), or of parts."""
    names = [item for item in data if isinstance(item, str)]
    if names and re.search(r"reject|denied|declin|refus|disallow|optout", key, re.IGNORECASE):
        yield from ((item, "false") for item in names)
    elif names and re.search(r"categor|accept|allow|grant|level|purpose|services|consent", key, re.IGNORECASE):
        optional = [item for item in names if not _NECESSARY.search(item)]
        yield from ((item, "true") for item in optional)
        if not optional:
            yield key, "false"
    for item in data:
        if isinstance(item, dict | list):
            yield from _walk(key, item, depth + 1)


def _answer(key: str, said: str) -> bool | None:
    if _NECESSARY.search(key) or _BESIDE.search(key):
        return None
    word = said.strip()
    return True if _YES.fullmatch(word) else False if _NO.fullmatch(word) else None
