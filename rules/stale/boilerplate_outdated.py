"""The rule ``boilerplate-outdated``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.stale.articles import ACCURATE


@text_rule(
    severity="warning", articles=ACCURATE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "copyright")
)
def boilerplate_outdated(page: LegalPage) -> Iterator[Passage]:
    """A text speaks of the year 2000 problem.

    Why: a text that guards against a computer problem of 1999 was copied and never read; what else it says is
    hardly the shop's own practice.

    Fix: delete the clause, and write the whole text anew from what the shop does.
    """
    yield from told(page, __name__, "The text speaks of the year 2000 problem: it was copied and never read")
