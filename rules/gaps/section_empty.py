"""The rule ``section-empty``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE

SECTIONS = 3  # filled sections of the same level that show that its headings are headings
NUMBER = re.compile(
    r"(?:§\s?|第|제|[A-Z][a-zí]{3,8}\s)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?[.．)、]|\s?[条條조]|\s)(?!\d)"
)
MESSAGE = "Nothing is said under this heading"


@text_rule(severity="notice", articles=INTELLIGIBLE)
def section_empty(page: LegalPage) -> Iterator[Passage]:
    """A section of a legal page has a heading and no text.

    Why: the heading promises what the law asks for, and a superficial reading takes it for done; what should be told is not.

    Fix: write the section, or delete its heading.
    """
    document = page.document
    assert document is not None
    headings = [
        block
        for block in document.blocks
        if block.part == "main" and block.kind == "heading" and block.end > block.start
    ]
    empty = [one for one, other in pairwise(headings) if _is_empty(document, one, other)]
    filled = [one for one, other in pairwise(headings) if one not in empty and _prose(document, one, other)]
    for heading in empty:
        alike = [one for one in filled if one.level == heading.level]
        if len(empty) * SECTIONS <= len(alike) and filled[0].start < heading.start:
            start, end = heading.start, heading.end
            yield Passage(
                start=start, end=end, slot="text", anchor=document.of(heading), message=MESSAGE, confidence="medium"
            )


def _is_empty(document: Document, heading: Block, following: Block) -> bool:
    """Whether a heading is followed at once by one of the same or a higher level, which does not continue it."""
    if heading.level < 2 or following.level > heading.level or following.continued or heading.continued:
        return False
    if document.text[heading.end - 1] in ":：":
        return False
    # A picture, a control or a link is content; a heading that is a link leads to its text or unfolds it.
    if next(document.spans_in(heading.start, following.start), None) or _prose(document, heading, following):
        return False
    return _follows(document.of(heading), document.of(following))


def _follows(heading: str, following: str) -> bool:
    """Whether two headings are sections beside each other: a chapter's title is followed by a section's of another style."""
    one, other = NUMBER.match(heading), NUMBER.match(following)
    if one is None or other is None:
        return one is None and other is None
    return heading[: one.start(1)] == following[: other.start(1)] and one[1] != other[1]


def _prose(document: Document, heading: Block, following: Block) -> bool:
    """Whether anything is written between two headings."""
    return any(block.end > block.start for block in document.blocks[heading.number + 1 : following.number])
