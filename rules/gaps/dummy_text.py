"""The rule ``dummy-text``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, MAX_GAPS, in_brackets, in_text, lexicon, matches
from auditor.rules.gaps.values import is_blank_form

STUB = 600  # characters of a page that may do no more than announce its text
MESSAGE = "Sample text or an instruction of a template was left in the text"


@text_rule(
    severity="error",
    articles=INTELLIGIBLE,
    languages=LANGUAGES,
)
def dummy_text(page: LegalPage) -> Iterator[Passage]:
    """A legal page holds sample text, or an instruction to whoever should have written it.

    Why: the text was never finished: it informs about a sample shop, or about nothing.

    Fix: write the shop's own text and delete the instruction.
    """
    document = page.document
    assert document is not None
    last = 0
    for match in sorted((*_sentences(document), *_waiting_lines(document)), key=lambda match: match.start()):
        if match.start() < last or in_brackets(document, match.start()) or _is_form(document, match.start()):
            continue
        last = match.end()
        yield Passage(start=match.start(), end=match.end(), slot="text", anchor=match.group(), message=MESSAGE)


def _waiting_lines(document: Document) -> Iterator[re.Match[str]]:
    """Lines that announce the text: on a page of their own, for a finished text may say so of a service to come."""
    if len(document.main_text) < STUB:
        yield from (match for match in _lines().finditer(document.text) if in_text(document, match.start()))


def _is_form(document: Document, position: int) -> bool:
    block = document.block_at(position)
    return block.form or block.kind == "label" or is_blank_form(document, block)


def _sentences(document: Document) -> Iterator[re.Match[str]]:
    for on, pattern in _groups():
        yield from islice(matches(document, pattern, on), MAX_GAPS)


@cache
def _groups() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (
            tuple(group["on"]),
            re.compile("|".join(f"(?:{pattern})" for pattern in group["patterns"]), re.IGNORECASE | re.MULTILINE),
        )
        for group in lexicon("dummies")["sentences"]
    )


@cache
def _lines() -> re.Pattern[str]:
    joined = "|".join(lexicon("dummies")["text"]["lines"])
    return re.compile(rf"^\W{{0,3}}(?:{joined})\W{{0,2}}$", re.IGNORECASE | re.MULTILINE)
