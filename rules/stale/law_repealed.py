"""The rule ``law-repealed``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.stale.articles import LAW

MESSAGE = "This law was repealed, or this agreement is void"


@text_rule(
    severity="warning",
    articles=LAW,
    languages=SUPPORTED,
    kinds=("privacy", "cookies", "terms", "copyright", "imprint", "contact"),
)
def law_repealed(page: LegalPage) -> Iterator[Passage]:
    """A text rests on a law that was repealed, or on an agreement that is void.

    Why: a basis that no longer exists carries nothing; readers cannot look up their rights, and transfers have no safeguard.

    Fix: name the law in force, or the safeguard that applies today.
    """
    named: set[str] = set()  # the same law is told once a page, however often it is named
    for passage in told(page, __name__, MESSAGE):
        if passage.anchor not in named:
            named.add(passage.anchor)
            yield passage
