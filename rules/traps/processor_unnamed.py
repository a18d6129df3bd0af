"""The rule ``processor-unnamed``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PROCESSORS


@text_rule(
    severity="notice",
    articles=PROCESSORS,
    severities={"kr": "warning"},
    languages=SUPPORTED,
    kinds=("privacy", "cookies"),
)
def processor_unnamed(page: LegalPage) -> Iterator[Passage]:
    """Others are entrusted with personal data, and nobody is named, not even by kind.

    Why: "professionals" or "outside firms" can be anyone; customers must be able to see who works with their data.

    Fix: list the processors, or at least their kinds, and what each of them does.
    """
    yield from told(page, __name__, "Unnamed others are entrusted with personal data.")
