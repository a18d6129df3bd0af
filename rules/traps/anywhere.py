"""What a page says as a whole: words that excuse a clause, or that explain it, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Document
from auditor.rules.clauses import clauses

WHOLE = 3000  # characters of a text that is no excerpt
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # says more in fewer characters


def anywhere(document: Document, module: str, table: str) -> Iterator[re.Match[str]]:
    """All matches of the tables ``[[table]]`` beside a rule's module, in all languages at once, blocks of the frame included."""
    for clause in clauses(module, table):
        for block in document.holding(clause.on):
            yield from clause.find.finditer(document.text, block.start, block.end)


def is_whole(document: Document) -> bool:
    """Whether a text is long enough to be a page of its own: what an excerpt does not say may stand in the rest."""
    return len(document.text) + len(DENSE.findall(document.text)) >= WHOLE
