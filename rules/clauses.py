"""Sentences of a legal text, and lexicons of clauses that rules look for in them.

A rule's lexicon is a TOML file beside it, named after the rule's function (``consent_deemed.toml``), with a list of tables a language::

    [[en]]
    on = ["deemed", "you agree"]     # lower-case words; a block without any of them is not looked at
    find = '''(?:deemed|taken) to have (?:agreed|consented)'''   # in one sentence, case does not matter
    with = '''personal (?:data|information)|privacy'''           # optional: must stand in the sentence as well
    unless = '''separate|unticked'''                             # optional: excuses, in the sentence
    around = '''…'''                                             # optional: must stand in the block or in the heading above
    whole = true                                                 # optional: the sentence is the fault, not what ``find`` matches, unless it is long and mostly about else
    confidence = "medium"                                        # optional, default "high"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from auditor.document import Block, Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.model import Confidence, record
from auditor.passages import Passage

MAX_CLAUSES = 50  # of one rule on a page
LONG = 200  # characters from which on a sentence says more than its fault
END = re.compile(r"[.!?](?=[\"”’»)\]]?\s+[^a-z\s]|[\"”’»)\]]?$)|[。！？；;](?!\d)")
# What ends with a point and no sentence
ABBREVIATED = re.compile(
    r"(?:\b(?:no|nr|art|abs|par|sec|bzw|z\. ?b|d\. ?h|u\. ?a|ggf|inkl|vgl|ca|e\.g|i\.e|etc|cf|ex|mr|mrs|dr|st|co|ltd|inc|corp|p\. ?ej|tel|núm|ss|ca|lit|ziff|s|str|n|lgs)|\b[A-Z]|\b\d{1,2})\.$",
    re.IGNORECASE,
)


@record
class Clause:
    """One table of a lexicon."""

    on: tuple[str, ...]
    find: re.Pattern[str]
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    around: re.Pattern[str] | None = None
    whole: bool = False
    confidence: Confidence = "high"


@cache
def clauses(module: str, language: str) -> tuple[Clause, ...]:
    """The lexicon beside a rule's module (``__name__``), in one language; () when it has none."""
    package, _, name = module.rpartition(".")
    data = tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_clause(table) for table in data.get(language, []))


def _clause(table: dict[str, Any]) -> Clause:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(table[key], re.IGNORECASE) if key in table else None

    find = pattern("find")
    assert find is not None
    return Clause(
        on=tuple(table["on"]),
        find=find,
        also=pattern("with"),
        unless=pattern("unless"),
        around=pattern("around"),
        whole=table.get("whole", False),
        confidence=table.get("confidence", "high"),
    )


def told(page: LegalPage, module: str, message: str, slot: str = "clause") -> Iterator[Passage]:
    """The places at which a rule's lexicon matches on a page, none overlapping another."""
    document = page.document
    assert document is not None
    places = islice(found(document, module, languages_of(page)), MAX_CLAUSES)
    end = -1
    for start, stop, confidence in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= end:
            end = stop
            anchor = document.text[start:stop]
            yield Passage(start=start, end=stop, slot=slot, anchor=anchor, message=message, confidence=confidence)


def languages_of(page: LegalPage) -> tuple[str, ...]:
    """The languages whose lexicons a page is read with: all when its text is too short to tell."""
    return (page.language,) if page.language in SUPPORTED else SUPPORTED


def found(document: Document, module: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int, Confidence]]:
    """Where the tables of some languages in a rule's lexicon match, in no order, places that overlap included."""
    for clause in (clause for language in languages for clause in clauses(module, language)):
        for block in document.holding(clause.on):
            if block.part == "frame":
                continue
            for start, end in sentences(document, block):
                match = clause.find.search(document.text, start, end)
                if match and _holds(document, clause, block, start, end):
                    length = match.end() - match.start()
                    whole = clause.whole and (end - start < LONG or 2 * length > end - start)
                    yield (start, end, clause.confidence) if whole else (*match.span(), clause.confidence)


def _holds(document: Document, clause: Clause, block: Block, start: int, end: int) -> bool:
    if clause.also and not clause.also.search(document.text, start, end):
        return False
    if clause.unless and clause.unless.search(document.text, start, end):
        return False
    return (
        clause.around is None
        or clause.around.search(f"{heading_of(document, block)}\n{document.of(block)}") is not None
    )


def heading_of(document: Document, block: Block) -> str:
    """The text of the nearest heading above a block; a short line counts as one when it is bold or no sentence."""
    for other in reversed(document.blocks[: block.number]):
        if other.part != "frame" and (other.kind == "heading" or _like_heading(document, other)):
            return document.of(other)
    return ""


def _like_heading(document: Document, block: Block) -> bool:
    size = block.end - block.start
    if block.bold:
        return size < 90
    return block.kind == "paragraph" and 0 < size < 50 and document.text[block.end - 1] not in ".,;:!?。、，；：！？"


def sentences(document: Document, block: Block) -> list[tuple[int, int]]:
    """Where the sentences of a block begin and end, without the space between them; looked for once."""
    known: dict[int, list[tuple[int, int]]] = document.memo.setdefault("sentences", {})
    if block.number not in known:
        known[block.number] = list(_sentences(document, block))
    return known[block.number]


def _sentences(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    text, start = document.text, block.start
    for match in END.finditer(text, block.start, block.end):
        if text[match.start()] == "." and ABBREVIATED.search(text, max(start, match.end() - 8), match.end()):
            continue
        yield start, match.end()
        start = match.end()
        while start < block.end and text[start].isspace():
            start += 1
    if start < block.end:
        yield start, block.end
