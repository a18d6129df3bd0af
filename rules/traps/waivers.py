"""Clauses that exclude liability for what happens to personal data: sentences, and lists under a sentence that opens them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, Literal

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.model import record
from auditor.passages import Passage
from auditor.rules.clauses import languages_of, sentences

MAX_ITEMS = 12
MAX_WAIVERS = 30  # on a page
MESSAGES = {
    "leaks": "Liability for leaks and losses of personal data is excluded, one’s own failure included",
    "others": "Liability for what partners, linked sites or unnamed causes do to personal data is excluded",
}

Cause = Literal["leaks", "others"]


@record
class Words:
    """What the lexicon calls by the same names, in one language."""

    on: tuple[str, ...]
    denial: re.Pattern[str]
    reserved: re.Pattern[str]
    data: re.Pattern[str]
    leak: re.Pattern[str]
    attack: re.Pattern[str]
    alone: re.Pattern[str]
    others: re.Pattern[str]
    own: re.Pattern[str]
    open: re.Pattern[str]
    list: re.Pattern[str]

    def cause(self, text: str) -> Cause | None:
        """What a waiver is about that says ``text``; None when it is about nothing that matters here."""
        if self.reserved.search(text):
            return None
        if self.alone.search(text):
            return "leaks"
        if not self.data.search(text) or not (self.leak.search(text) or self.attack.search(text)):
            return None
        if self.others.search(text):
            return "others"
        # Whose own doing it was bears the damage; an open end makes everything one's own doing.
        if self.own.search(text) and not self.attack.search(text):
            return "others" if self.open.search(text) else None
        return "leaks"


@cache
def words() -> Mapping[str, Words]:
    """The lexicon, by language."""
    data = tomllib.loads(files(__package__).joinpath("waivers.toml").read_text(encoding="utf-8"))
    return {language: _words(table) for language, table in data.items()}


def _words(table: dict[str, Any]) -> Words:
    patterns = {name: re.compile(text, re.IGNORECASE) for name, text in table.items() if name != "on"}
    return Words(on=tuple(table["on"]), **patterns)


def waived(page: LegalPage, cause: Cause) -> Iterator[Passage]:
    """The places of a page that exclude liability for a cause; the sentence that opens a list belongs to its leaks."""
    document = page.document
    assert document is not None
    told: set[int] = set()
    for language in languages_of(page):
        for start, end, kind in islice(_waivers(document, words()[language]), MAX_WAIVERS):
            if kind == cause and start not in told:
                told.add(start)
                anchor = document.text[start:end]
                yield Passage(start=start, end=end, slot="clause", anchor=anchor, message=MESSAGES[cause])


def _waivers(document: Document, lexicon: Words) -> Iterator[tuple[int, int, Cause]]:
    for block in document.holding(lexicon.on):
        if block.part == "frame" or lexicon.reserved.search(document.of(block)):
            continue
        for start, end in sentences(document, block):
            if not lexicon.denial.search(document.text, start, end):
                continue
            kind = lexicon.cause(document.text[start:end])
            if kind:
                yield start, end, kind
            elif end == block.end and lexicon.list.search(document.text, start, end):
                yield from _list(document, lexicon, block, start)


def _list(document: Document, lexicon: Words, opener: Block, start: int) -> Iterator[tuple[int, int, Cause]]:
    found = [
        (block.start, block.end, kind)
        for block in _items(document, opener)
        if (kind := lexicon.cause(document.of(block)))
    ]
    if found:
        yield start, opener.end, "leaks"
        yield from found


def _items(document: Document, opener: Block) -> Iterator[Block]:
    """The blocks of a list under its opening sentence: list items, else paragraphs up to one that ends with a full stop."""
    following = document.after(opener, MAX_ITEMS)
    for block in following:
        if block.kind == "heading" or block.kind != following[0].kind:
            return
        yield block
        if block.kind != "item" and document.of(block).rstrip().endswith((".", "。")):
            return
