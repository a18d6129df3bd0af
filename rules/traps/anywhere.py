"""What a table of a lexicon finds on a page as a whole: words that excuse a clause, or that explain it, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Document
from auditor.rules.clauses import clauses


def anywhere(document: Document, module: str, table: str) -> Iterator[re.Match[str]]:
    """All matches of the tables ``[[table]]`` beside a rule's module, in all languages at once, blocks of the frame included."""
    for clause in clauses(module, table):
        for block in document.holding(clause.on):
            yield from clause.find.finditer(document.text, block.start, block.end)
