"""What calls for a value, by language: the lexicons beside this module as patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from auditor.document import OBJECT
from auditor.model import record
from auditor.rules.gaps.gaps import LANGUAGES, lexicon


@record
class Opener:
    """What calls for a value: ``pattern`` ends where the value should begin, its group ``gap`` is what stands there instead."""

    slot: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@record
class Labels:
    pattern: re.Pattern[str]  # a label with its colon
    whole: re.Pattern[str]  # a block that is nothing but a label
    slots: dict[str, str]  # by folded label

    def slot_of(self, match: re.Match[str]) -> str:
        """The slot that a matched label calls for."""
        return self.slots.get(_folded(match.group("label")), "name")


@record
class Language:
    openers: tuple[Opener, ...]
    near: re.Pattern[str] | None  # what stands at every gap behind an opener; None when the openers are few and quick
    common: tuple[Opener, ...]  # openers that need no words
    labels: Labels
    any_label: re.Pattern[str]  # a label of any family with its colon, at the beginning of a block
    relative: re.Pattern[str] | None


def known_for(language: str, family: str) -> tuple[Language, ...]:
    """What to look for in a text: its language's lexicon and the English one; all of them when it is too short to tell."""
    languages = dict.fromkeys((language, "en")) if language in LANGUAGES else LANGUAGES
    return tuple(_language(one, family) for one in languages)


@cache
def _language(language: str, family: str) -> Language:
    data = lexicon(language)
    entries, comma = data[family]["openers"], data[family].get("comma", data["comma"])
    stops = "|".join({entry.get("stops", data["stops"]) for entry in entries} - {""})
    near = rf"(?<!\w)(?:{data['ends']})(?={_stop(stops, data, comma)})" if "ends" in data else ""
    both = {slot: words for each in ("contact", "name") for slot, words in data[each]["labels"].items()}
    return Language(
        openers=tuple(_opener(entry, data, comma) for entry in entries),
        near=re.compile(near, re.IGNORECASE | re.MULTILINE) if near else None,
        common=tuple(_common_openers(data) if family == "name" else ()),
        labels=_labels(data[family]["labels"]),
        any_label=_labels(both).pattern,
        relative=re.compile(data["relative"], re.IGNORECASE) if data["relative"] else None,
    )


def _opener(entry: dict[str, str], data: dict[str, Any], comma: str) -> Opener:
    find = re.sub(r"<(\d+)>", r"[^.;:!?\\n]{0,\1}?", entry["find"])
    gap = f" ?(?:{entry['then']})" if "then" in entry else _stop(entry.get("stops", data["stops"]), data, comma)
    unless = entry.get("unless", data.get("unless"))
    return Opener(
        slot=entry["slot"],
        pattern=re.compile(f"{find}(?=(?P<gap>{gap}))", re.IGNORECASE | re.MULTILINE),
        unless=re.compile(unless, re.IGNORECASE) if unless else None,
    )


def _stop(words: str, data: dict[str, Any], comma: str) -> str:
    """A pattern of what cannot be the beginning of a value: punctuation, a definition, the end, or one of the words."""
    punctuation = rf",(?! ?(?:{comma})\b)|[;!?)\]]|\.(?![\w@])|{OBJECT}|: ?(?:[.,;)\]{OBJECT}]|$)"
    return (
        rf" ?(?:{punctuation}|\((?= ?(?:{data['definition']}))|\((?![^()\n]*[\d@])|\((?=[^()\n]*\d{{1,2}}(?!\d)[^()\n]*\))|$)"
        + (rf"| (?:{words})\b" if words else "")
    )


def _common_openers(data: dict[str, Any]) -> list[Opener]:
    """Brackets that open with a comma, definitions with nothing in front, empty quotes, addresses that are only a scheme."""
    patterns = [
        ("name", r"[(（\[【](?=(?P<gap> ?[,，、;；] ?[\w“\"「'‘]))"),
        ("url", r"(?<![\w/])(?:https?://|www\.)(?=(?P<gap>[\s,;)）。，]|\.(?:\s|$)|$))"),
    ]
    if data["before_definition"] and data["comma"]:
        patterns.append(("name", rf"\b(?:{data['before_definition']})(?=(?P<gap> [(（] ?(?:{data['definition']})))"))
        patterns.append(("name", r"(?<![\w=(\"])(?:(?=(?P<gap>\"\"(?![\w\"])|“”|„“|« ?»)))"))
    return [Opener(slot=slot, pattern=re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for slot, pattern in patterns]


def _labels(tables: dict[str, list[str]]) -> Labels:
    slots = {_folded(label): slot for slot, labels in tables.items() for label in labels}
    words = "|".join(
        sorted((re.escape(label) for labels in tables.values() for label in labels), key=len, reverse=True)
    )
    words = words.replace(r"\ ", r"\s?") if not words.isascii() else words
    aside = r"(?: ?[(（][^()（）\n]{1,30}[)）])?"
    return Labels(
        pattern=re.compile(
            rf"(?:^[\W_]{{0,4}}|(?<=[|/·•;,，；、>)）: ]))(?P<label>{words}){aside} ?[:：]",
            re.IGNORECASE | re.MULTILINE,
        ),
        whole=re.compile(rf"[\W_]{{0,3}}(?P<label>{words}){aside} ?[:：]?\s*", re.IGNORECASE),
        slots=slots,
    )


def _folded(label: str) -> str:
    return re.sub(r"\s+", "", label).casefold()
