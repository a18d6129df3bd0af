"""The rule ``collection-excessive``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import LITTLE


@text_rule(severity="warning", articles=LITTLE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def collection_excessive(page: LegalPage) -> Iterator[Passage]:
    """The shop collects far more about a person than an order needs.

    Why: income, schooling, family, religion or a bank account have nothing to do with sending goods; collecting them breaks the rule to keep data to what is necessary.

    Fix: collect only what the order needs; make anything else optional and say what it is for.
    """
    yield from told(page, __name__, "More is collected about the person than an order needs.")
