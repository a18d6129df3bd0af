"""``auditor text``: where its texts come from, and how what the rules say of them is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from auditor import shelves
from auditor.config import Config, ConfigError
from auditor.language import OTHERS, SUPPORTED
from auditor.model import IMPLIED_PROFILES, LEGAL_KINDS, SEVERITIES, record
from auditor.passages import CONTEXT, Item
from auditor.reading import Reading
from auditor.shelves import Rule

MAX_BYTES = 20_000_000  # of one text


@record
class Source:
    """A text or page to read; ``markup`` None: it is looked at whether it is HTML."""

    id: str
    text: str
    markup: bool | None = None
    url: str = ""
    kind: str = ""
    language: str = ""

    def read(self) -> Reading:
        return Reading(self.text, markup=self.markup, url=self.url, kind=self.kind, language=self.language)


def rules_for(settings: Config) -> list[Rule]:
    """The rules about texts that the profiles and the configuration choose."""
    profiles = {*settings.profile, *(more for one in settings.profile for more in IMPLIED_PROFILES.get(one, ()))}
    return [
        rule
        for rule in shelves.rules().values()
        if (rule.look or rule.item)
        and profiles & set(rule.articles)
        and rule.id not in settings.disable
        and (not settings.rules or rule.id in settings.rules)
    ]


def sources(names: Iterable[str], kind: str, language: str, settings: Config) -> Iterator[Source]:
    """The texts behind file names, addresses and ``-``. ConfigError for what cannot be read."""
    for name in names:
        if name.startswith(("http://", "https://")):
            url, text = _fetched(name, settings)
            yield Source(id=name, text=text, markup=True, url=url, kind=kind, language=language)
        else:
            data = sys.stdin.buffer.read(MAX_BYTES) if name == "-" else _bytes(Path(name))
            yield Source(id=name, text=_decoded(data), kind=kind, language=language)


def _fetched(url: str, settings: Config) -> tuple[str, str]:
    try:
        return shelves.spiders().fetch(url, settings, MAX_BYTES)
    except OSError as error:
        raise ConfigError(f"{url}: {error}") from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path) from error


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def lines(path: Path) -> Iterator[Source]:
    """The texts of a file with one JSON object a line: ``{"id", "html" or "text", "kind"?, "lang"?, "url"?}``."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _line(line, f"line {number}", path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {getattr(error, 'strerror', None) or error}", path) from error


def _line(line: str, where: str, path: Path) -> Source:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{where} is no JSON: {error}", path) from error
    text = data.get("html", data.get("text")) if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise ConfigError(f'{where}: an object with "html" or "text" is wanted', path)
    kind, language = str(data.get("kind") or ""), str(data.get("lang") or "").partition("-")[0].lower()
    if kind and kind not in LEGAL_KINDS:
        raise ConfigError(f"{where}: kind “{kind}” is none of {', '.join(LEGAL_KINDS)}", path)
    if language not in (*SUPPORTED, *OTHERS):
        language = ""
    return Source(
        id=str(data.get("id", where)),
        text=text,
        markup="html" in data,
        url=str(data.get("url") or ""),
        kind=kind,
        language=language,
    )


def as_line(source: Source, rules: list[Rule]) -> str:
    """One source as a line of JSON; for its fields see ``as_data``."""
    return json.dumps({"id": source.id, **as_data(source.read(), rules)}, ensure_ascii=False)


def as_data(reading: Reading, rules: list[Rule]) -> dict[str, Any]:
    """The findings and items of a reading, offsets in characters of the source as given.

    ``{"findings": [{"rule", "start", "end", "quote", "slot", "confidence"}], "items": [{"item", "state", "quote", "start", "end"}],
    "unknown": [{"rule", "reason", "start", "end", "quote"}]}``; an item is named by its rule without ``-missing``, and what a rule cannot
    judge at all has no place.
    """
    told = list(reading.passages(rules))
    unknown = [
        {"rule": rule.id, "reason": passage.unsure, **_place(reading, passage.start, passage.end)}
        for rule, passage in told
        if passage.unsure
    ]
    unknown += [{"rule": rule, "reason": reason} for rule, reason in reading.silent(rules).items()]
    return {
        "findings": [
            {
                "rule": rule.id,
                **_place(reading, passage.start, passage.end),
                "slot": passage.slot,
                "confidence": passage.confidence,
            }
            for rule, passage in told
            if not passage.unsure
        ],
        "items": [
            {"item": rule.id.removesuffix("-missing"), "state": item.state, **_place(reading, item.start, item.end)}
            for rule, item in reading.items(rules)
        ],
        "unknown": unknown,
    }


def _place(reading: Reading, start: int, end: int) -> dict[str, Any]:
    if end <= start:
        return {"start": 0, "end": 0, "quote": ""}
    first, last = reading.in_source(start, end)
    return {"start": first, "end": last, "quote": reading.quote(start, end)}


# --- for people -------------------------------------------------------------------------------------------------


@record
class Told:
    """One thing to say of a text: where (line and column of the source, from 1), by which rule, and the words around it."""

    rule: Rule
    message: str
    line: int = 0
    column: int = 0
    before: str = ""
    quote: str = ""
    after: str = ""
    fix: str = ""


def told(reading: Reading, rules: list[Rule]) -> list[Told]:
    """What is at fault in a text, in its order, and then what it does not say."""
    found = [_told(reading, rule, passage) for rule, passage in reading.passages(rules) if not passage.unsure]
    missing = [
        Told(rule=rule, message=rule.title)
        for rule, item in reading.items(rules)
        if item.state == "absent" and (rule.applies is None or rule.applies(reading.page))
    ]
    return [*found, *sorted(missing, key=lambda one: (SEVERITIES.index(one.rule.severity), one.rule.id))]


def _told(reading: Reading, rule: Rule, passage: Any) -> Told:
    start, _ = reading.in_source(passage.start, passage.end)
    return Told(
        rule=rule,
        message=passage.message,
        line=reading.source.count("\n", 0, start) + 1,
        column=start - reading.source.rfind("\n", 0, start),
        before=reading.quote(max(passage.start - CONTEXT // 2, 0), passage.start),
        quote=reading.quote(passage.start, passage.end),
        after=reading.quote(passage.end, passage.end + CONTEXT // 2),
        fix=passage.fix or rule.fix,
    )


def doubts(reading: Reading, rules: list[Rule]) -> list[str]:
    """What a person must look at: unclear places, unclear items, and rules that do not know the language."""
    unclear = [passage.unsure for _, passage in reading.passages(rules) if passage.unsure]
    unclear += [_unclear(reading, rule, item) for rule, item in reading.items(rules) if item.state == "uncertain"]
    reasons = reading.silent(rules)
    return unclear + [
        f"{len([rule for rule in reasons if reasons[rule] == reason])} rules cannot judge it: {reason}"
        for reason in dict.fromkeys(reasons.values())
    ]


def _unclear(reading: Reading, rule: Rule, item: Item) -> str:
    return f"{rule.id}: “{reading.quote(item.start, item.end)[:CONTEXT]}” may say it"
