"""The rule ``sentence-broken``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import languages_of, sentences, told
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, in_text, lexicon

PARAGRAPH = 60  # characters from which on a block without a full stop is a sentence, not a label
TAIL = 30
MAX_HOLES = 20
PROSE = ("paragraph", "item")
LINE = re.compile(r"line (\d+)")
MESSAGE = "The sentence is broken off or garbled"


@text_rule(severity="warning", articles=INTELLIGIBLE, languages=LANGUAGES)
def sentence_broken(page: LegalPage) -> Iterator[Passage]:
    """A sentence of a legal page is broken off, or two were run together, so that nobody can tell what it means.

    Why: such places are left by machine translation, by words deleted from a sample or by copying half a sentence; what was to be
    said there is not said, and a reader cannot tell what was agreed.

    Fix: write the sentence anew, in full.
    """
    document = page.document
    assert document is not None
    found = (*told(page, __name__, MESSAGE, "text"), *_with_holes(page, document), *_cut_off(page, document))
    broken = sorted(found, key=lambda place: place.start)
    end = -1
    for place in broken:
        if place.start >= end and not _is_lawful(page, document, place):
            end = place.end
            yield place


def _is_lawful(page: LegalPage, document: Document, place: Passage) -> bool:
    """Whether it is a title, which may be no sentence, or something that is no text stands in it: code, or what a script fills."""
    fillers = document.spans_in(place.start, place.end, "code", *(() if page.rendered else ("blank",)))
    return document.block_at(place.start).kind == "heading" or next(fillers, None) is not None


def _with_holes(page: LegalPage, document: Document) -> Iterator[Passage]:
    """Sentences in which two words stand beside each other that cannot."""
    for language in languages_of(page):
        for match in islice(_holes()[language].finditer(document.text), MAX_HOLES):
            block = document.block_at(match.start())
            if block.kind in PROSE and in_text(document, match.start()):
                spans = sentences(document, block)
                start, end = next(((one, two) for one, two in spans if two > match.start()), match.span())
                anchor = document.text[start:end]
                yield Passage(start=start, end=end, slot="text", anchor=anchor, message=MESSAGE, confidence="medium")


def _cut_off(page: LegalPage, document: Document) -> Iterator[Passage]:
    """Paragraphs that end in an article or a conjunction, and nothing that follows goes on with them."""
    tails = [tail for language in languages_of(page) if (tail := _tails().get(language))]
    for block in document.blocks:
        size = block.end - block.start
        if block.kind != "paragraph" or size < PARAGRAPH or document.text[block.end - 1] in ".:;,!?。":
            continue
        ends = any(tail.search(document.text, block.end - TAIL, block.end) for tail in tails)
        if ends and in_text(document, block.start) and _is_last(document, block):
            start, end = list(sentences(document, block))[-1]
            anchor = document.text[start:end]
            yield Passage(start=start, end=end, slot="text", anchor=anchor, message=MESSAGE, confidence="medium")


def _is_last(document: Document, block: Block) -> bool:
    """Whether the sentence does not go on behind its block: in a list, after a line break, in a link or a control."""
    if next(document.spans_in(block.end - 1, block.end), None) is not None:
        return False
    following = document.after(block)
    if not following:
        return True
    text = document.of(following[0])
    return not _is_next_line(block, following[0]) and (
        following[0].kind == "heading"
        or (following[0].kind == "paragraph" and text[:1].isupper() and len(text) >= PARAGRAPH and text[-1] in ".!?")
    )


def _is_next_line(block: Block, other: Block) -> bool:
    """Whether two blocks are lines of one paragraph: behind a line break, or in a plain text that was wrapped."""
    one, two = LINE.fullmatch(block.path), LINE.fullmatch(other.path)
    return other.continued or (one is not None and two is not None and int(two[1]) == int(one[1]) + 1)


@cache
def _holes() -> dict[str, re.Pattern[str]]:
    return {language: re.compile(pattern) for language, pattern in lexicon("holes")["hole"].items()}


@cache
def _tails() -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(rf"(?:{pattern})$", re.IGNORECASE)
        for language, pattern in lexicon("tails")["tail"].items()
    }
