"""The rule ``minors-unprotected``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import clauses, told
from auditor.rules.traps.articles import MINORS

NEAR = 4  # blocks before and after the clause that may name the age


@text_rule(severity="warning", articles=MINORS, languages=SUPPORTED, kinds=("privacy", "cookies"))
def minors_unprotected(page: LegalPage) -> Iterator[Passage]:
    """Minors are warned away or sent to their parents, and no age and no way of consent is named.

    Why: a warning puts the duty on the child; the law puts it on the shop, which must say from which age on it deals with whom and how parents consent.

    Fix: name the age, say how a parent's consent is asked for and checked, and what happens to data that came without it.
    """
    document = page.document
    assert document is not None
    message = "Minors are only warned: no age is named and no way to obtain a guardian's consent."
    yield from (place for place in told(page, __name__, message) if not _age_named(document, place.start))


def _age_named(document: Document, position: int) -> bool:
    """Whether an age stands in the block at a position or in its neighbours."""
    (age,) = clauses(__name__, "age")
    number = document.block_at(position).number
    near = document.blocks[max(number - NEAR, 0) : number + NEAR + 1]
    return any(age.find.search(document.text, block.start, block.end) for block in near)
