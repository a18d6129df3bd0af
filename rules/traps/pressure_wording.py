"""The rule ``pressure-wording``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PRESSURE


@text_rule(
    severity="notice",
    articles=PRESSURE,
    languages=SUPPORTED,
    kinds=("privacy", "cookies", "terms", "imprint", "returns"),
)
def pressure_wording(page: LegalPage) -> Iterator[Passage]:
    """A legal page presses visitors to buy.

    Why: a call to hurry beside legal clauses distracts from them, and pressure without a real deadline misleads.

    Fix: take the call out of the legal page and write cart texts neutrally.
    """
    yield from told(page, __name__, "Words in a legal page press visitors to buy.")
