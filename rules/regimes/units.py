"""A legal text as the smallest pieces that can say something, each with the headings that it stands under.

A piece is a sentence, a list item, a row of a table, or a label with the value beside it. Plain text has no markup: there a
short line without an end is taken for a heading when text follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.document import Block, Document
from auditor.model import record
from auditor.rules.clauses import sentences

CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
TITLE = 90  # characters that a line taken for a heading may have, half of it in Chinese, Japanese and Korean
GUESSED = 8  # level of headings that markup does not call so, below all others
MAX_KEPT = 64  # documents whose pieces are remembered
NO_TITLE = re.compile(r"[@;,，、。．!?？…]\s*$|\d{4}|[:：]\s*\S|@|(?<!\d)\.\s*$")
BULLET = re.compile(
    r"\s*(?:[-–—•·∙▪◦○●※*]|\(?\d{1,2}[.)、．]|[①-⑳]|[가-하][.)]|\(?[a-z][.)]|[（(][一二三四五六七八九十\d]{1,2}[)）])"
)
NUMBERED = re.compile(
    r"\s*(?:제\s?\d+\s?[조장]|第\s?[\d一二三四五六七八九十]+\s?[条條章节]|§\s?\d|(?:article|section|artikel|artículo)\s\d)",
    re.IGNORECASE,
)
LEADS = re.compile(r"[:：]\s*$")


@record
class Unit:
    """``document.text[start:end]``; ``text`` has besides where its links lead and what its pictures are called."""

    start: int
    end: int
    text: str
    heads: tuple[str, ...] = ()  # headings above it, the nearest last
    lead: str = ""  # the line that leads to the list or table that it belongs to
    first: bool = False  # of all below its nearest heading
    listed: bool = False  # a list item or a row
    titled: bool = False  # may as well be a heading: it can say something, but is no hint

    @property
    def labelled(self) -> str:
        """The text, the first below a heading with the heading before it, which may be a label for it."""
        return f"{self.heads[-1]} ⏐ {self.text}" if self.first and self.heads else self.text


class Units:
    """The pieces of a document in their order."""

    def __init__(self, document: Document):
        self.document = document
        self.all = tuple(_units(document))
        texts = [unit.labelled.lower() for unit in self.all]
        self._joined = "\n".join(texts)
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def holding(self, words: tuple[str, ...]) -> list[Unit]:
        """The pieces that hold one of some words, given in lower case."""
        found: set[int] = set()
        for word in words:
            at = self._joined.find(word)
            while at >= 0:
                number = bisect_right(self._starts, at) - 1
                found.add(number)
                at = self._joined.find(word, self._starts[number + 1])
        return [self.all[number] for number in sorted(found)]

    def below(self, unit: Unit) -> list[Unit]:
        """The list or table that a piece leads to, or that it begins."""
        rest = self.all[self.all.index(unit) + 1 :]
        found: list[Unit] = []
        for other in rest:
            if other.heads != unit.heads or not other.listed or other.lead == "":
                break
            found.append(other)
        return found


_kept: dict[int, Units] = {}


def units_of(document: Document) -> Units:
    """The pieces of a document, made once: many rules ask for the same page one after another."""
    kept = _kept.get(id(document))
    if kept is None or kept.document is not document:
        if len(_kept) >= MAX_KEPT:
            _kept.clear()
        kept = _kept[id(document)] = Units(document)
    return kept


def _units(document: Document) -> Iterator[Unit]:
    blocks = [block for block in document.blocks if block.part != "frame"]
    titles: list[tuple[int, str]] = []
    lead, first, shape = "", False, ""
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        level = _level(document, block, following)
        heads = tuple(title for _, title in titles)
        if level:
            titles = [one for one in titles if one[0] < level] + [(level, document.of(block))]
            lead, first, shape = "", True, ""
        if (level and not _both(document, block, following)) or _inside_row(blocks, number):
            continue
        listed = block.kind in ("item", "cell", "term") or bool(BULLET.match(document.of(block)))
        if not listed:
            lead = ""
        elif not lead:
            lead = shape or "-"
        for start, end in _pieces(document, blocks, number):
            yield Unit(
                start=start,
                end=end,
                text=_with_targets(document, start, end),
                heads=heads,
                lead=lead,
                first=first,
                listed=listed,
                titled=level > 0,
            )
            first = False
        shape = document.of(block) if not listed and document.of(block) else shape


def _level(document: Document, block: Block, following: Block | None) -> int:
    """Which level a block has as a heading, 0 when it is none."""
    text = document.of(block)
    if block.kind == "heading":
        return block.level or GUESSED - 1
    size = block.end - block.start
    if block.row or not size or block.kind in ("item", "cell", "term") or following is None:
        return 0
    if following.kind == "heading":  # nothing stands below it
        return 0
    if block.bold and size < TITLE:
        return GUESSED
    short = size < (TITLE // 2 if CJK.search(text) else TITLE * 2 // 3)
    return GUESSED if short and not NO_TITLE.search(text) and not block.continued else 0


def _both(document: Document, block: Block, following: Block | None) -> bool:
    """Whether a line that looks like a heading may as well be one of several short lines that say something."""
    if block.kind == "heading" or block.bold or following is None or NUMBERED.match(document.of(block)):
        return False
    return following.continued or (
        following.kind != "heading" and _level(document, following, following) != 0 and not following.bold
    )


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
    if last == number and LEADS.search(document.of(block)) and block.end - block.start < TITLE // 2:
        last = min(number + 1, len(blocks) - 1) if _is_value(document, blocks, number + 1) else number
    if last > number or block.row:
        yield block.start, blocks[last].end
    else:
        yield from sentences(document, block)


def _is_value(document: Document, blocks: list[Block], number: int) -> bool:
    return number < len(blocks) and blocks[number].kind != "heading" and not BULLET.match(document.of(blocks[number]))


def _with_targets(document: Document, start: int, end: int) -> str:
    told = [f"{span.target or ''} {span.text}".strip() for span in document.spans_in(start, end, "link", "image")]
    return " ".join([document.text[start:end].replace("\n", " ⏐ "), *(f"⟨{one}⟩" for one in told if one)])
