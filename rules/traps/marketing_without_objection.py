"""The rule ``marketing-without-objection``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import clauses, told
from auditor.rules.traps.anywhere import anywhere, is_whole
from auditor.rules.traps.articles import MARKETING

NEAR = 3  # blocks before and after the clause in which a consent may be meant for it


@text_rule(severity="warning", articles=MARKETING, languages=SUPPORTED, kinds=("privacy",))
def marketing_without_objection(page: LegalPage) -> Iterator[Passage]:
    """Advertising is sent, and nothing is said of consent or objection.

    Why: advertising by message needs consent, or at least an easy way to say no that is told from the start.

    Fix: ask for consent, and say with each message and in the policy how to stop it.
    """
    document = page.document
    assert document is not None
    message = "Advertising is sent to customers, and the page says nothing of consent or of a way to stop it."
    yield from (place for place in told(page, __name__, message) if not _choice_told(document, place.start))


def _choice_told(document: Document, position: int) -> bool:
    """Whether the page says how to stop advertising, or speaks of consent near a position; an excerpt may leave it out."""
    if not is_whole(document) or any(anywhere(document, __name__, "choice")):
        return True
    (consent,) = clauses(__name__, "consent")
    number = document.block_at(position).number
    near = document.blocks[max(number - NEAR, 0) : number + NEAR + 1]
    return any(consent.find.search(document.text, block.start, block.end) for block in near)
