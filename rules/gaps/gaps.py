"""Lexicons and where their patterns match: what all rules of this family share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.document import Document
from auditor.language import SUPPORTED

LANGUAGES = SUPPORTED
MAX_GAPS = 200  # places of one kind that are looked at on a page
OPEN_BRACKET = re.compile(r"[\[【<{«][^\]】>}»\n]*$")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A lexicon beside the rules, by file name without ending."""
    path = files(__package__).joinpath(f"lexicon/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def matches(document: Document, pattern: re.Pattern[str], on: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where a pattern matches in what is legal text: not in the page's frame, not in code.

    ``on``: lower-case words, one of which stands in every block that the pattern can match in.
    """
    for block in document.holding(on):
        for match in pattern.finditer(document.text, block.start, block.end):
            if match.end() > match.start() and in_text(document, match.start()):
                yield match


def in_text(document: Document, position: int) -> bool:
    """Whether a position lies in the legal text: in the main part, or in a paragraph beside it, and not in code."""
    block = document.block_at(position)
    if block.part == "frame" or (block.part == "outer" and block.end - block.start < 40):
        return False
    return next(document.spans_in(position, position + 1, "code"), None) is None


def in_brackets(document: Document, position: int) -> bool:
    """Whether a position lies in brackets that the rule for placeholders looks at."""
    return OPEN_BRACKET.search(document.text[max(position - 60, 0) : position]) is not None
