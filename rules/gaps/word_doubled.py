"""The rule ``word-doubled``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import languages_of
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, in_text, lexicon

MAX_DOUBLES = 50
MESSAGE = "A word is said twice where the second should be another, or none"


@text_rule(severity="notice", articles=INTELLIGIBLE, languages=LANGUAGES)
def word_doubled(page: LegalPage) -> Iterator[Passage]:
    """A word is repeated: directly, or on both sides of "and" or "or".

    Why: "given or given by the user" has lost the word that made the difference, often whose guarantee, data or right is meant; a word
    doubled directly is a slip that shows that nobody read the text.

    Fix: put in the word that is missing, or delete the second.
    """
    document = page.document
    assert document is not None
    for match in _doubles(document, languages_of(page)):
        start, end = match.span()
        yield Passage(start=start, end=end, slot="text", anchor=match.group(), message=MESSAGE, confidence="medium")


def _doubles(document: Document, languages: tuple[str, ...]) -> Iterator[re.Match[str]]:
    end = -1
    found = (
        match
        for language in languages
        if _any(language) is None or _any(language).search(document.text)  # type: ignore[union-attr]
        for pattern in _patterns(language)
        for match in pattern.finditer(document.text)
    )
    for match in sorted(islice(found, MAX_DOUBLES), key=lambda match: match.start()):
        if match.start() >= end and in_text(document, match.start()):
            end = match.end()
            yield match


@cache
def _any(language: str) -> re.Pattern[str] | None:
    """Finds a double of any kind, which is quicker than to look for each; None where it is not."""
    pattern = lexicon("doubles")["any"].get(language)
    return pattern and re.compile(pattern, re.IGNORECASE)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon("doubles")[language])
