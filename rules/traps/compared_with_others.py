"""The rule ``compared-with-others``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import AUTOMATED


@text_rule(severity="warning", articles=AUTOMATED, languages=SUPPORTED, kinds=("privacy", "cookies"))
def compared_with_others(page: LegalPage) -> Iterator[Passage]:
    """Customers' data are compared with those of other people.

    Why: that is profiling; the customer must learn how it works, what follows from it and how to object to it.

    Fix: explain the comparison and offer an objection, or leave it.
    """
    yield from told(
        page,
        __name__,
        "The customer's data are compared with other people's: profiling without explanation or objection.",
    )
