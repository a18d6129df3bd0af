"""Names of things that are gone, found in sentences that do not say so themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from auditor.document import Document
from auditor.model import record
from auditor.rules.clauses import sentences


@record
class Names:
    """A lexicon of names. ``gone``: words of all languages by which a sentence says that the thing is gone or not used."""

    on: tuple[str, ...]
    find: re.Pattern[str]
    gone: re.Pattern[str]


@cache
def names(name: str) -> Names:
    """The lexicon ``name.toml`` of this folder."""
    data = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return Names(
        on=tuple(data["on"]),
        find=re.compile("|".join(data["find"]), re.IGNORECASE),
        gone=re.compile("|".join(data["gone"]), re.IGNORECASE),
    )


def named(document: Document, lexicon: Names) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
    """Each place where a name stands, with the bounds of its sentence."""
    for block in document.holding(lexicon.on):
        if block.part == "frame":
            continue
        for start, end in sentences(document, block):
            if not lexicon.gone.search(document.text, start, end):
                yield from ((match, (start, end)) for match in lexicon.find.finditer(document.text, start, end))
