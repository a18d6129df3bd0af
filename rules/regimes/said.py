"""Whether a legal text says something, and which of its clauses says it.

A regime's lexicon is ``lexicon/REGIME.toml``, with tables an item and language; what it lacks is taken from ``common.toml``::

    [[sources.en]]
    on = ["source"]            # lower-case words; a clause without any of them is not looked at
    find = '''…'''             # in one clause (see units.py); case does not matter
    with = '''…'''             # optional: must stand in the clause as well
    unless = '''…'''           # optional: excuses, in the clause
    around = '''…'''           # optional: must stand in the headings above, in the line that leads to the list, or in the clause
    outside = '''…'''          # optional: must not stand in the headings above or in the line that leads to the list
    [[sources.en]]
    heading = '''sources of'''   # or: the text below such a heading says it
    with = '''…'''             # optional: must stand in the clause below

    [sources.hints]            # optional: words about the matter; where they stand without a clause, a person must look
    en = ["where we get"]
    [sources.owed]             # optional: the item is owed only when this stands in the text: lower-case words, or a pattern
    en = ["…"]
    [sources.excused]          # optional: the item is not owed when a clause says this
    en = { on = ["…"], find = '''…''' }

``lines = true`` at the top of a lexicon: the pages are made of short lines, none of which is less for looking like a heading,
and a heading may be the label of what stands below it.

``<phone>``, ``<email>``, ``<word>`` and ``<money>`` in a pattern stand for such a value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.legal import LegalPage
from auditor.model import record
from auditor.passages import Item
from auditor.rules.clauses import languages_of
from auditor.rules.regimes.units import Unit, Units, units_of

VALUES = {
    "<phone>": r"(?:\+|tel:)?\(?\d(?:[\s()/.–-]{0,3}\d){5,}",
    "<email>": r"(?:[\w.+-]{1,64}\s?(?:@|＠|\(at\)|\[at\]|\(ät\)|★)\s?[\w-]+|mailto:\w)",
    "<word>": r"[^\W\d_]{2,}",
    "<money>": r"(?:[€£¥￥$]\s?\d|\d[\d.,’' ]*(?:€|eur|euros?|円|元|원))",
}
LEADS_ON = re.compile(r"[:：]\s*$|following|siguientes|suivant|다음|아래|以下|次の|如下|下列", re.IGNORECASE)
CONTENT = 25  # characters that say something below a heading, half of it in Chinese, Japanese and Korean
COLUMNS = 60  # characters of a row that does no more than name columns
MAX_QUOTE = 1500  # characters of a list that is quoted with the line that leads to it
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@record
class Telling:
    """One table of a lexicon: a way to say the item."""

    on: tuple[str, ...] = ()
    find: re.Pattern[str] | None = None
    heading: re.Pattern[str] | None = None
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    around: re.Pattern[str] | None = None
    outside: re.Pattern[str] | None = None


@record
class Matter:
    """All that a lexicon has on one item in one language."""

    tellings: tuple[Telling, ...]
    hints: tuple[str, ...] = ()
    owed: re.Pattern[str] | tuple[str, ...] | None = None
    excused: Telling | None = None
    lines: bool = False


def said(page: LegalPage, regime: str, item: str) -> Item:
    """Whether a page says an item of a regime's lexicon, with the clause that says it best."""
    units = units_of(page)
    # What regimes share is looked for once.
    sought = tuple((_home(regime, item, language), item, language) for language in languages_of(page))
    if sought not in units.told:
        units.told[sought] = _said(units, [one for key in sought if (one := matter(*key)).tellings])
    return units.told[sought]


def _said(units: Units, matters: list[Matter]) -> Item:
    found = _best(units, matters)
    if found:
        rate, unit = found
        return Item(state="present", start=unit.start, end=_end(units, unit, matters, named=rate < 2))
    if not _is_owed(units, matters):
        return Item(state="not-applicable")
    near = _hinted(units, tuple(word for one in matters for word in one.hints))
    return Item(state="uncertain", start=near.start, end=near.end) if near else Item(state="absent")


def _hinted(units: Units, hints: tuple[str, ...]) -> Unit | None:
    """The first clause that has words about the matter; a heading that has them is none."""
    written = (unit for unit in units.holding(hints) if units.is_written(unit) and not unit.titled)
    return next((unit for unit in written if any(word in unit.text.lower() for word in hints)), None)


def _is_owed(units: Units, matters: list[Matter]) -> bool:
    """Whether the text is about what the item belongs to, and does not say that it is not."""
    for excused in (one.excused for one in matters if one.excused):
        if any(_holds(excused, unit) for unit in _candidates(units, excused, lines=False)):
            return False
    return any(_calls_for(one.owed, units) for one in matters)


def _calls_for(owed: re.Pattern[str] | tuple[str, ...] | None, units: Units) -> bool:
    if isinstance(owed, tuple):
        return any(word in units.lower for word in owed)
    return owed is None or owed.search(units.text) is not None


def _best(units: Units, matters: list[Matter]) -> tuple[int, Unit] | None:
    """The clause that says it best: by its own words 2, with the heading 3, by the heading alone 1; a line that may be a heading less."""
    found: list[tuple[int, Unit]] = []
    lines = any(one.lines for one in matters)
    tellings = [telling for one in matters for telling in one.tellings]
    headings = [telling.heading for telling in tellings if telling.heading]
    for telling in sorted(tellings, key=lambda telling: telling.heading is not None):
        if telling.heading is None or not any(rate > 1 for rate, _ in found):
            found += _rated(units, telling, headings, lines)
    return min(found, key=lambda rated: (-rated[0], rated[1].start), default=None)


def _rated(units: Units, telling: Telling, headings: list[re.Pattern[str]], lines: bool) -> Iterator[tuple[int, Unit]]:
    """The clauses that say it, up to the first that this way of saying it cannot better."""
    named = headings if telling.around is None else [*headings, telling.around]
    most = 1 if telling.heading else 2 + bool(named)
    for unit in _candidates(units, telling, lines):
        if (unit.heading and not lines) or not _holds(telling, unit) or not units.is_written(unit):
            continue
        if not lines and _is_empty_table(units, unit):
            continue
        under = any(pattern.search(title) for pattern in named for title in unit.named)
        rate = 1 if telling.heading else 2 + under - (unit.titled and not lines)
        yield rate, unit
        if rate == most:
            return


def _candidates(units: Units, telling: Telling, lines: bool) -> Iterable[Unit]:
    if telling.find is not None:
        return (unit for unit in units.holding(telling.on) if unit.says(telling.find, lines))
    heading = telling.heading
    assert heading is not None
    names = cache(lambda titles: any(map(heading.search, titles)))
    return (unit for unit in units.all if unit.named and names(unit.named) and _is_content(unit, lines))


def _holds(telling: Telling, unit: Unit) -> bool:
    if telling.also and not telling.also.search(unit.text):
        return False
    if telling.unless and telling.unless.search(unit.text):
        return False
    if telling.outside and any(map(telling.outside.search, (*unit.heads, unit.lead))):
        return False
    return telling.around is None or any(map(telling.around.search, (*unit.heads, unit.lead, unit.text)))


def _is_content(unit: Unit, lines: bool) -> bool:
    if lines:
        return not unit.heading and bool(unit.text.strip())
    return not unit.titled and (unit.listed or len(unit.text) >= (CONTENT // 2 if DENSE.search(unit.text) else CONTENT))


def _is_empty_table(units: Units, unit: Unit) -> bool:
    """Whether it names the columns of a table in which nothing else is written."""
    if len(unit.text) > COLUMNS or not units.opens_table(unit):
        return False
    return not any(map(units.is_written, units.below(unit)))


def _end(units: Units, unit: Unit, matters: list[Matter], *, named: bool) -> int:
    """The end of a clause, with the list that it leads to, or that it begins below a heading that names the matter.

    The first row of a table is quoted with the others, but not of one that has a label and a value a row.
    """
    end = unit.end
    heads_table = not any(one.lines for one in matters) and units.opens_table(unit)
    if LEADS_ON.search(unit.text) or heads_table or (named and unit.listed and unit.first):
        for other in units.below(unit):
            if other.end - unit.start > MAX_QUOTE:
                break
            end = other.end
    return end


def _home(regime: str, item: str, language: str) -> str:
    """Which lexicon has an item in a language: the regime's own, else the one that all share."""
    return regime if language in _lexicon(regime).get(item, {}) else "common"


@cache
def matter(lexicon: str, item: str, language: str) -> Matter:
    """What a lexicon has on an item in a language; no tellings when it has nothing."""
    tables = _lexicon(lexicon).get(item, {})
    owed, excused = (tables.get(key, {}).get(language) for key in ("owed", "excused"))
    return Matter(
        tellings=tuple(_telling(table) for table in tables.get(language, [])),
        hints=tuple(tables.get("hints", {}).get(language, ())),
        owed=tuple(owed) if isinstance(owed, list) else owed and _compiled(owed),
        excused=_telling(excused) if excused else None,
        lines=_lexicon(lexicon).get("lines", False),
    )


@cache
def _lexicon(regime: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"lexicon/{regime}.toml").read_text(encoding="utf-8"))


def _telling(table: dict[str, Any]) -> Telling:
    keys = {
        "find": "find",
        "heading": "heading",
        "with": "also",
        "unless": "unless",
        "around": "around",
        "outside": "outside",
    }
    patterns = {field: _compiled(table[key]) for key, field in keys.items() if key in table}
    return Telling(on=tuple(table.get("on", ())), **patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, value in VALUES.items():
        pattern = pattern.replace(name, value)
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
