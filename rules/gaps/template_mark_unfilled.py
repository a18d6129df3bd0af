"""The rule ``template-mark-unfilled``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import MAX_GAPS, lexicon, matches

MESSAGE = "A template's mark stands in the text unfilled"
SCRIPTED = "a script may fill this mark in the browser: look in a browser"


@text_rule(
    severity="error",
    articles=INTELLIGIBLE,
)
def template_mark_unfilled(page: LegalPage) -> Iterator[Passage]:
    """A mark of a template language stands in a legal page where its value should.

    Why: the visitor reads a variable's name instead of the company's name, address or date; what the text owes is missing.

    Fix: give the variable a value, or correct its name, and render the page again.
    """
    document = page.document
    assert document is not None
    taken: list[tuple[int, int]] = []
    for pattern, on, client in _dialects():
        for match in islice(matches(document, pattern, on), MAX_GAPS):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            unsure = SCRIPTED if client and document.client_templates and not page.rendered else ""
            mark = match.group()
            where = f"“{mark}”: {unsure}" if unsure else ""
            yield Passage(start=match.start(), end=match.end(), slot="mark", anchor=mark, message=MESSAGE, unsure=where)


@cache
def _dialects() -> tuple[tuple[re.Pattern[str], tuple[str, ...], bool], ...]:
    return tuple(
        (re.compile(entry["pattern"], re.MULTILINE), tuple(entry["on"]), entry.get("client", False))
        for entry in lexicon("marks")["dialect"]
    )
