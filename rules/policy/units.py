"""The pieces of a policy that can say something by themselves: sentences, table rows, addresses; each with the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Block, Document
from auditor.model import record
from auditor.rules.clauses import sentences

SHORT = 90  # characters below which a bold line is a heading
NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})?[.)]?|[IVX]{1,4}\.|§ ?\d+|第[\d一二三四五六七八九十]+[条章]|제 ?\d+ ?[조장]\.?|[一二三四五六七八九十]+、)\s?[^.;:。；：]+$"
)
ADDRESS = 400  # characters of lines that may be one address
COLONS = (":", "：")
SEPARATORS = (";", "；", ",", "，", "、")
LEAD = 200  # characters of a sentence that leads in to a list


@record
class Unit:
    """``text[start:end]`` of a document, and what it stands under."""

    start: int
    end: int
    heading: str = ""


def units(document: Document) -> Iterator[Unit]:
    """The units of a document's text outside its frame, in order; an address of several lines comes as a whole, too."""
    heading = lead = ""
    blocks = [block for block in document.blocks if block.part != "frame" and block.end > block.start]
    for paragraph in _paragraphs(blocks):
        first = paragraph[0]
        if len(paragraph) == 1 and _is_heading(document, first):
            heading, lead = document.of(first), ""
            continue
        yield from _of(document, paragraph, heading, lead)
        lead = _lead(document, paragraph, lead)


def _lead(document: Document, paragraph: list[Block], lead: str) -> str:
    """What leads in to the paragraph that follows: a sentence with a colon, for as long as the list behind it goes on."""
    last = document.of(paragraph[-1]).rstrip()
    if last.endswith(COLONS):
        return last[-LEAD:]
    listed = paragraph[0].kind in ("item", "cell") or (last.endswith(SEPARATORS) and len(last) < LEAD)
    return lead if listed else ""


def _is_heading(document: Document, block: Block) -> bool:
    """A heading by markup, or a short line that is bold, or numbered and no sentence."""
    if block.kind == "heading":
        return True
    if block.kind != "paragraph" or block.end - block.start >= SHORT:
        return False
    return block.bold or bool(NUMBERED.match(document.of(block)))


def _paragraphs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks by paragraph: lines that go on after a line break, and cells of one row, belong together."""
    group: list[Block] = []
    for block in blocks:
        same_row = group and block.row and block.row == group[-1].row
        if group and not (block.continued or same_row):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _of(document: Document, paragraph: list[Block], heading: str, lead: str) -> Iterator[Unit]:
    start, end = paragraph[0].start, paragraph[-1].end
    if len(paragraph) > 1 and (paragraph[0].row or end - start <= ADDRESS):
        yield Unit(start=start, end=end, heading=f"{heading} {lead}")
    if paragraph[0].row and len(paragraph) > 1:
        return
    for block in paragraph:
        for first, last in sentences(document, block):
            yield Unit(start=first, end=last, heading=f"{heading} {lead}")
        lead = _lead(document, [block], lead)
