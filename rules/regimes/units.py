"""A legal text as the smallest pieces that can say something, each with the headings that it stands under.

A piece is a sentence, a list item, a row of a table, or a label with the value beside it. Plain text has no markup: there a
short line without an end is taken for a heading when text follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.model import record
from auditor.passages import Item
from auditor.rules.clauses import sentences
from auditor.rules.gaps.unwritten import unwritten

CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
TITLE = 90  # characters that a line taken for a heading may have, half of it in Chinese, Japanese and Korean
GUESSED = 8  # level of headings that markup does not call so, below all others
NO_TITLE = re.compile(
    r"[@;,，、。．!…]\s*$|^\s*[-–—•·∙▪*]\s|[가-힣一-鿿],\s|(?<![一二三四五六七八九十\d])、|\d{4}|[:：]\s*\S|@|(?<!\d)\.\s*$"
)
BULLET = re.compile(
    r"\s*(?:[-–—•·∙▪◦○●※*]|\(?\d{1,2}[.)、．]|[①-⑳]|[가-하][.)]|\(?[a-z][.)]|[（(][一二三四五六七八九十\d]{1,2}[)）])"
)
NUMBERED = re.compile(
    r"\s*(?:제\s?\d+\s?[조장]|第\s?[\d一二三四五六七八九十]+\s?[条條章节]|§\s?\d|(?:article|section|artikel|artículo)\s\d)",
    re.IGNORECASE,
)
DATE_CUT = re.compile(r"\d\.\Z")
AFTER_COLON = re.compile(r"([:：]) *⏐ *(?=\S)")
LEADS = re.compile(r"[:：]\s*$")


@record
class Unit:
    """``document.text[start:end]``; ``text`` has besides where its links lead and what its pictures are called."""

    start: int
    end: int
    text: str
    heads: tuple[str, ...] = ()  # headings above it, the nearest last
    named: tuple[str, ...] = ()  # of these the nearest, and those above it that have no text of their own
    lead: str = ""  # the line that leads to the list or table that it belongs to
    first: bool = False  # of all below its nearest heading
    listed: bool = False  # a list item or a row
    heading: bool = False  # is one by its markup, and says something only on pages that are made of short lines
    titled: bool = False  # may as well be a heading: it can say something, but is no hint

    @property
    def label(self) -> str:
        """The heading, for the first piece below it, where it may be a label."""
        return f"{self.heads[-1]} ⏐ " if self.first and self.heads else ""

    def says(self, pattern: re.Pattern[str], labelled: bool) -> bool:
        """Whether a pattern matches in the text, or (``labelled``) in the label and the text together."""
        if pattern.search(self.text):
            return True
        return bool(
            labelled and self.label and not pattern.search(self.heads[-1]) and pattern.search(self.label + self.text)
        )


class Units:
    """The pieces of a document in their order."""

    def __init__(self, document: Document, unwritten: tuple[tuple[int, int], ...] = ()):
        self.document = document
        self._unwritten = unwritten
        self.all = tuple(_units(document))
        self.told: dict[object, Item] = {}  # what was found in them, by what was looked for
        self.text = "\n".join(unit.text for unit in self.all)
        texts = [(unit.label + unit.text).lower() for unit in self.all]
        self.lower = "\n".join(texts)
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def holding(self, words: tuple[str, ...]) -> list[Unit]:
        """The pieces that hold one of some words, given in lower case."""
        found: set[int] = set()
        for word in words:
            at = self.lower.find(word)
            while at >= 0:
                number = bisect_right(self._starts, at) - 1
                found.add(number)
                at = self.lower.find(word, self._starts[number + 1])
        return [self.all[number] for number in sorted(found)]

    def is_written(self, unit: Unit) -> bool:
        """Whether a piece is more than a place to fill in, a label without its value, or a question."""
        if any(start < unit.end and end > unit.start for start, end in self._unwritten):
            return False
        return not unit.text.rstrip().endswith(("?", "？", "⏐"))

    def below(self, unit: Unit) -> list[Unit]:
        """The list, table or, after a colon, piece that a piece leads to, or the list that it begins."""
        rest = self.all[self.all.index(unit) + 1 :]
        found: list[Unit] = []
        for other in rest:
            if other.heads != unit.heads or not other.listed or other.titled:
                break
            if found and self._in_table(other) != self._in_table(found[0]):
                break
            found.append(other)
        after = rest[:1] if LEADS.search(unit.text) and rest and rest[0].heads[: len(unit.heads)] == unit.heads else ()
        return found or list(after)

    def opens_table(self, unit: Unit) -> bool:
        """Whether a piece is a table's first row, which names its columns."""
        number = self.all.index(unit)
        return self._in_table(unit) and (number == 0 or not self._in_table(self.all[number - 1]))

    def _in_table(self, unit: Unit) -> bool:
        return self.document.block_at(unit.start).row > 0


def units_of(page: LegalPage) -> Units:
    """The pieces of a page's text, made once: many rules ask for the same page one after another."""
    assert page.document is not None
    if "units" not in page.document.memo:
        page.document.memo["units"] = Units(page.document, unwritten(page))
    return page.document.memo["units"]


def _units(document: Document) -> Iterator[Unit]:
    blocks = [block for block in document.blocks if block.part != "frame"]
    above = _Above()
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        level = _level(document, block, following)
        text = document.of(block)
        if not _inside_row(blocks, number) and not _is_contents(document, block):
            listed = _is_listed(document, block)
            begins = listed and (not above.lead or above.table != bool(block.row))
            above.table = bool(block.row)
            above.lead = "" if begins else above.lead
            above.lead = (above.lead or above.last or "-") if listed else ""
            for start, end in _pieces(document, blocks, number):
                yield above.unit(document, start, end, listed, level, heading=level > 0 and not _is_guess(block, text))
                if begins and block.row:  # the first row of a table names its columns
                    above.lead += "\n" + document.text[start:end]
            above.last = text if not listed and text else above.last
        if level:
            above.enter(level, text)


class _Above:
    """What stands above the next piece."""

    def __init__(self) -> None:
        self.titles: list[tuple[int, str]] = []
        self.bare: set[tuple[int, str]] = set()  # titles without text of their own
        self.lead = self.last = ""
        self.first = self.table = False

    def enter(self, level: int, title: str) -> None:
        self.titles = [one for one in self.titles if one[0] < level] + [(level, title)]
        self.bare.add(self.titles[-1])
        self.lead, self.last, self.first = "", "", True

    def unit(self, document: Document, start: int, end: int, listed: bool, level: int, heading: bool) -> Unit:
        named = [one for one in self.titles[:-1] if one in self.bare] + self.titles[-1:]
        first = self.first
        if not level:
            self.first = False
            self.bare.difference_update(self.titles[-1:])
        return Unit(
            start=start,
            end=end,
            text=_with_targets(document, start, end),
            heads=tuple(title for _, title in self.titles),
            named=tuple(title for _, title in named),
            lead=self.lead,
            first=first,
            listed=listed,
            titled=level > 0,
            heading=heading,
        )


def _level(document: Document, block: Block, following: Block | None) -> int:
    """Which level a block has as a heading, 0 when it is none."""
    text = document.of(block)
    if block.kind == "heading":
        return block.level or GUESSED - 1
    size = block.end - block.start
    if block.row or not size or block.kind in ("item", "cell", "term") or following is None:
        return 0
    if following.kind == "heading" or (LEADS.search(text) and _is_listed(document, following)):
        return 0  # nothing stands below it, or it leads to a list
    if block.bold and size < TITLE:
        return GUESSED
    return GUESSED if size < _short(text) and not NO_TITLE.search(text) and not block.continued else 0


def _is_listed(document: Document, block: Block) -> bool:
    text = document.of(block)
    return block.kind in ("item", "cell", "term") or text.endswith((";", "；")) or BULLET.match(text) is not None


def _short(text: str) -> int:
    """Below how many characters a line may be a heading."""
    return TITLE // 2 if CJK.search(text) else TITLE * 3 // 4


def _is_guess(block: Block, text: str) -> bool:
    return block.kind != "heading" and not block.bold and not NUMBERED.match(text)


def _is_contents(document: Document, block: Block) -> bool:
    """Whether a block is an entry of a table of contents: nothing but a link to a place on the page."""
    links = list(document.spans_in(block.start, block.end, "link"))
    linked = sum(link.end - link.start for link in links)
    inward = bool(links) and all(re.match(r"#.", link.target or "") for link in links)
    return inward and linked * 5 >= (block.end - block.start) * 4


def _inside_row(blocks: list[Block], number: int) -> bool:
    """Whether a block is another than the first of its table row, or the value to a term."""
    if number == 0:
        return False
    block, before = blocks[number], blocks[number - 1]
    return bool(block.row and before.row == block.row) or (block.kind == "cell" and before.kind == "term")


def _pieces(document: Document, blocks: list[Block], number: int) -> Iterator[tuple[int, int]]:
    """Where a block's sentences stand; a row, or a label and its value, is one piece."""
    block = blocks[number]
    last = number
    while last + 1 < len(blocks) and _inside_row(blocks, last + 1):
        last += 1
    if (
        last == number
        and LEADS.search(document.of(block))
        and block.end - block.start < _short(document.of(block)) // 2
    ):
        last = min(number + 1, len(blocks) - 1) if _is_value(document, blocks, number + 1) else number
    if last > number or block.row:
        yield block.start, blocks[last].end
    else:
        yield from _joined(document, block)


def _joined(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """A block's sentences. Those that only a date's points part (2026. 3. 1.) are one, and a list item's title goes with what follows."""
    begun: tuple[int, int] | None = None
    for start, end in sentences(document, block):
        if begun and _goes_on(document, block, begun, start):
            begun = (begun[0], end)
            continue
        if begun:
            yield begun
        begun = (start, end)
    if begun:
        yield begun


def _goes_on(document: Document, block: Block, begun: tuple[int, int], start: int) -> bool:
    first, end = begun
    if DATE_CUT.search(document.text[end - 2 : end]) and document.text[start].isdigit():
        return True
    if document.text[max(end - 4, 0) : end].lower() == "tél.":
        return True
    title = document.text[first:end]
    return (
        _is_listed(document, block) and first == block.start and end - first <= _short(title) and not CJK.search(title)
    )


def _is_value(document: Document, blocks: list[Block], number: int) -> bool:
    return number < len(blocks) and blocks[number].kind != "heading" and not BULLET.match(document.of(blocks[number]))


def _with_targets(document: Document, start: int, end: int) -> str:
    told = [f"{span.target or ''} {span.text}".strip() for span in document.spans_in(start, end, "link", "image")]
    text = AFTER_COLON.sub(r"\1 ", document.text[start:end].replace("\n", " ⏐ "))
    return " ".join([text, *(f"⟨{one}⟩" for one in told if one)])
