"""The rule ``numbering-broken``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.model import record
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, in_text, lexicon, matches

LEAP = 3  # numbers by which a heading may be too high for a gap; beyond, it counts something else
MANY = 3  # faults of one page that are believed; with more, its numbers are not what they seem
FEW = 4  # numbered sections from which on references to others can be judged
SHOWN = 80  # characters of a numbered block that are quoted
PLAIN = ("point", "bracket", "brackets", "comma")  # styles that steps and rows have as well
LETTERS = ("letters", "letter")
CITED = ("word", "art")  # a law's articles are cited so: believed when they begin with 1
TITLES = ("word", "art", "roman", "§", "bare", "ordinal")  # styles with which running text may begin as well
SHORT = 90  # characters of a block that is a heading
WRAPPED = 50  # characters of a full line in a plain text
LINE = re.compile(r"line (\d+)")
CHINESE = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
MESSAGES = {
    "gap": "The numbers leap: what stood between is missing, or the sections were not counted anew",
    "repeat": "The number was given already to the section before",
    "reference": "The text refers to a section that it does not have",
    "blank": "The text refers to a section without its number",
}


@record
class Numbered:
    """A block that begins with a number."""

    block: Block
    number: int
    titled: bool  # it can be told: others only show that their number was not left out
    sure: bool = False  # by its style, it numbers a section


@text_rule(severity="notice", articles=INTELLIGIBLE, languages=LANGUAGES)
def numbering_broken(page: LegalPage) -> Iterator[Passage]:
    """The numbers of a legal page's sections leap or repeat, or a reference leads to a section that is not there.

    Why: a missing number is often a section that was deleted or forgotten, and references between sections, on which rights and
    exceptions hang, lead nowhere.

    Fix: count the sections anew and correct the references.
    """
    document = page.document
    assert document is not None
    series = _series(document)
    faults = [
        fault
        for style, numbers in series.items()
        if style not in CITED or numbers[0].number == 1
        for fault in _faults(numbers)
    ]
    if len(faults) <= MANY:
        for numbered, fault in faults:
            start = numbered.block.start
            yield _passage(document, start, min(numbered.block.end, start + SHOWN), fault)
    for match, _ in _beyond(document, series):
        yield _passage(document, match.start(), match.end(), "reference")
    yield from told(page, __name__, MESSAGES["blank"], "number")


def _passage(document: Document, start: int, end: int, fault: str) -> Passage:
    anchor = document.text[start:end]
    return Passage(start=start, end=end, slot="text", anchor=anchor, message=MESSAGES[fault], confidence="medium")


def _series(document: Document) -> dict[str, list[Numbered]]:
    """The numbered blocks in order, by the style of their numbers and the numbers above them."""
    found: dict[str, list[Numbered]] = defaultdict(list)
    for block in document.blocks:
        if block.kind in ("cell", "label") or not _beginning().match(document.text, block.start, block.end):
            continue
        if _is_wrapped(document, block):
            continue
        for style, pattern in _styles():
            match = pattern.match(document.text, block.start, block.end)
            if match and _may_be(style, document, block) and in_text(document, block.start):
                found[style + (match["parent"] if style == "decimal" else "")].append(_numbered(block, style, match))
                break
    return found


def _is_wrapped(document: Document, block: Block) -> bool:
    """Whether a line of a plain text goes on with the sentence of the full line above it."""
    above = document.blocks[block.number - 1] if block.number else block
    one, two = LINE.fullmatch(above.path), LINE.fullmatch(block.path)
    if one is None or two is None or int(two[1]) != int(one[1]) + 1:
        return False
    return above.end - above.start >= WRAPPED and document.text[above.end - 1] not in ".;:!?。；："


def _numbered(block: Block, style: str, match: re.Match[str]) -> Numbered:
    plain, letter = style in PLAIN, style in LETTERS
    # (i), (v) and (x) between letters may be Roman numerals of a list inside.
    titled = (not plain or _is_titled(match)) and not (letter and match["number"] in "ivx")
    return Numbered(block=block, number=_number(match["number"], letter), titled=titled, sure=not plain and not letter)


def _is_titled(match: re.Match[str]) -> bool:
    """Whether what is numbered begins like a sentence or a title, not with a sign, a code or a small letter."""
    first = match.string[match.end() : match.end() + 1]
    return first.isalpha() and not first.islower()


def _may_be(style: str, document: Document, block: Block) -> bool:
    """Whether a block may be numbered in a style: running text begins with some of them as well."""
    if style == "bare":
        return block.kind == "heading"
    return (
        style not in TITLES
        or block.kind == "heading"
        or (block.end - block.start < SHORT and document.text[block.end - 1] not in ".;,。")
    )


def _faults(series: list[Numbered]) -> Iterator[tuple[Numbered, str]]:
    """Numbers that do not follow. Lists inside sections begin with 1 again, and the sections go on behind them."""
    levels: list[int] = []
    steps = 0  # numbers that followed
    for position, one in enumerate(series):
        number = one.number
        deeper = next((n for n in range(len(levels), 0, -1) if levels[n - 1] + 1 == number), 0)
        if number == 1 or not levels:
            levels.append(number)
        elif deeper:
            levels[deeper - 1 :] = [number]
            steps += 1
        elif levels[-1] <= number <= levels[-1] + LEAP and (steps or _goes_on(series, position, one.sure)):
            if one.titled:
                yield one, "repeat" if number == levels[-1] else "gap"
            levels[-1] = number
        else:
            levels = [number]
            steps = 0


def _goes_on(series: list[Numbered], position: int, sure: bool) -> bool:
    """Whether the next numbers follow, where none before did: one is enough where nothing but sections is numbered so."""
    wanted = (1,) if sure and series[0].number == 1 else (1, 2)
    following = series[position + 1 : position + 1 + len(wanted)]
    return [one.number for one in following] == [series[position].number + n for n in wanted]


def _beyond(document: Document, series: dict[str, list[Numbered]]) -> Iterator[tuple[re.Match[str], int]]:
    """References to sections of this text with numbers that none of them has."""
    counted = [numbers for style, numbers in series.items() if len(numbers) >= FEW and numbers[0].number == 1]
    highest = max((one.number for numbers in counted for one in numbers), default=0)
    if highest:
        words = lexicon("sections")
        for match in matches(document, _references(), tuple(words["on"])):
            number = _number(next(group for group in match.groups() if group))
            if number > highest:
                yield match, number


def _number(text: str, letter: bool = False) -> int:
    if text.isdecimal():
        return int(text)
    if letter:
        return ord(text.lower()) - ord("a") + 1
    if (ordinal := lexicon("sections")["ordinals"].get(text.lower())) is not None:
        return int(ordinal)
    if text[0] in ROMAN:
        values = [ROMAN[letter] for letter in text]
        return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    return (CHINESE.get(tens, 1) * 10 if ten else 0) + CHINESE.get(ones, 0)


@cache
def _styles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((style, re.compile(pattern)) for style, pattern in lexicon("sections")["styles"].items())


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(lexicon("sections")["beginning"])


@cache
def _references() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("sections")["references"]), re.IGNORECASE)
