"""What calls for a value, by language: the lexicons beside this module as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from auditor.document import OBJECT
from auditor.model import record
from auditor.rules.gaps.gaps import LANGUAGES, lexicon

# A word that empty brackets may explain; what stands for a channel belongs to the rule for contacts
NAMED = r"\b(?!(?:e-?mails?|mail|courriel|correo|electrónico|telefon|telephone|phone|téléphone|teléfono|telefono|fax|tel|yes|no|ja|nein|oui|non|sí|sì)\b)[^\W\d_]{3,30}"


@record
class Opener:
    """What calls for a value: ``pattern`` ends where the value should begin, its group ``gap`` is what stands there instead."""

    slot: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    on: tuple[str, ...] = ()  # lower-case words, one of which stands where it matches


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
    near: re.Pattern[str] | None  # of lower-case text: what stands at every gap behind an opener; None: look everywhere
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
        near=re.compile(_lowered(near), re.MULTILINE) if near else None,
        common=tuple(_common_names(data) if family == "name" else _common_contacts()),
        labels=_labels(data[family]["labels"]),
        any_label=_labels(both).pattern,
        relative=re.compile(data["relative"], re.IGNORECASE) if data["relative"] else None,
    )


def _lowered(pattern: str) -> str:
    """A pattern for text in lower case, which is matched twice as fast as with IGNORECASE."""
    return re.sub(r"(?<!\\)[^\W\d_]", lambda letter: letter.group().lower(), pattern)


def _opener(entry: dict[str, str], data: dict[str, Any], comma: str) -> Opener:
    find = re.sub(r"<(\d+)>", r"[^.;:!?\\n]{0,\1}?", entry["find"])
    if "then" in entry:
        gap = f" ?(?:{entry['then']})"
    elif "only" in entry:
        gap = rf" ?(?:[{re.escape(entry['only'])}](?![\w@])|{OBJECT})" + (
            rf"| (?:{entry['stops']})\b" if entry["stops"] else ""
        )
    else:
        gap = _stop(entry.get("stops", data["stops"]), data, comma)
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


CONJUNCTIONS = ("or", "oder", "ou", "o", "oppure", "and", "und")
EMPTY = ("()", "( )", "（）", "（ ）", "（\u3000）")


def _common(slot: str, pattern: str, *on: str, unless: str = "") -> Opener:
    return Opener(
        slot=slot,
        pattern=re.compile(pattern, re.IGNORECASE | re.MULTILINE),
        unless=re.compile(unless) if unless else None,
        on=on,
    )


def _common_names(data: dict[str, Any]) -> Iterator[Opener]:
    """Brackets that open with a comma, definitions with nothing in front, empty quotes, addresses that are only a scheme."""
    opened = [f"{bracket}{space}{comma}" for bracket in "(（[【" for space in ("", " ") for comma in ",，、;；"]
    yield _common("name", r"[(（\[【](?=(?P<gap> ?[,，、;；] ?[\w“\"「'‘]))", *opened)
    yield _common("url", r"(?<![\w/])(?:https?://|(?-i:www)\.)(?=(?P<gap>[\s,;)）。，]|\.(?:\s|$)|$))", "http", "www.")
    if data["before_definition"] and data["comma"]:
        before, definition = data["before_definition"], data["definition"]
        yield _common("name", rf"\b(?:{before})(?=(?P<gap> [(（] ?(?:{definition})))", " (", " （")
        boxes = r"\(\s?\).{1,60}\(\s?\)"  # to tick: Yes ( ) No ( )
        yield _common("name", rf"{NAMED}(?=(?P<gap> \(\s?\)))(?! {boxes})", *EMPTY, unless=boxes)
        yield _common("name", r"(?<![\w=(\"])(?=(?P<gap>\"\"(?![\w\"])|“”|„“|« ?»))", '""', "“”", "„“", "«»", "« »")


def _common_contacts() -> Iterator[Opener]:
    """Empty brackets behind a channel or number, and lists of contacts with one left out."""
    channel = r"e-?mails?|mail|courriel|correo(?: electrónico)?|telefon|telephone|phone|téléphone|teléfono|telefono|fax|tel\.?"
    yield _common("contact", rf"\b(?:{channel})(?=(?P<gap> [(（][ \u3000]?[)）]))", *EMPTY)
    yield _common("contact", r"\d{2,4}(?=(?P<gap> ?[(（] ?[)）]))", *EMPTY)
    yield _common(
        "contact", r"(?:\d{3,4}|@[\w.-]{3,40}|[:：])(?=(?P<gap> ?[,，] ?[,，]))", ",,", ", ,", "，，", "， ，"
    )
    yield _common("contact", r"(?<=\w\w),(?=(?P<gap> [.:;](?:\s|$)))", ", .", ", :", ", ;")
    colons = [f"{colon} {word} " for colon in (":", " :") for word in CONJUNCTIONS]
    yield _common("contact", r"(?<=[^\W\d]{3}) ?:(?=(?P<gap> (?:or|oder|ou|oppure) ))", *colons)
    ends = [f" {word}{end}" for word in CONJUNCTIONS for end in (".", " .", ";", " ;")]
    words = "|".join(CONJUNCTIONS)
    yield _common("contact", rf"(?:@[\w-]{{2,40}}\.\w{{2,8}}|\d{{3,4}}) (?:{words})(?=(?P<gap> ?[.;](?:\s|$)))", *ends)


def _labels(tables: dict[str, list[str]]) -> Labels:
    slots = {_folded(label): slot for slot, labels in tables.items() for label in labels}
    words = "|".join(
        sorted((re.escape(label) for labels in tables.values() for label in labels), key=len, reverse=True)
    )
    words = words.replace(r"\ ", r"\s?") if not words.isascii() else words
    aside = r"(?: ?[(（][^()（）\n]{1,30}[)）])?"
    return Labels(
        pattern=re.compile(
            rf"(?:^[\W_]{{0,4}}|(?<=[|/·•;,，；、>)）(（:：])|(?<=[|/·•;,，；、>)）(（:：\d] )|(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af] ))(?P<label>{words}){aside} ?[:：]",
            re.IGNORECASE | re.MULTILINE,
        ),
        whole=re.compile(rf"[\W_]{{0,3}}(?P<label>{words}){aside} ?[:：]?\s*", re.IGNORECASE),
        slots=slots,
    )


def _folded(label: str) -> str:
    return re.sub(r"\s+", "", label).casefold()
