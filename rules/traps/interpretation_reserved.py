"""The rule ``interpretation-reserved``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import FAIR_TERMS


@text_rule(
    severity="warning", articles=FAIR_TERMS, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "copyright")
)
def interpretation_reserved(page: LegalPage) -> Iterator[Passage]:
    """A clause leaves the interpretation of the text to the shop alone.

    Why: doubts about standard terms are decided in the customer's favour, by a court in the end; a shop that says
    what its own words mean can promise nothing.

    Fix: delete the clause.
    """
    yield from told(page, __name__, "The shop reserves the interpretation of the text to itself")
