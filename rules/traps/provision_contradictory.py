"""The rule ``provision-contradictory``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import MANDATORY


@text_rule(severity="notice", articles=MANDATORY, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def provision_contradictory(page: LegalPage) -> Iterator[Passage]:
    """The same data are called required and voluntarily given.

    Why: what must be given is not given freely; people must see what is required, what is optional and what follows when they give nothing.

    Fix: mark each item as required or optional and say what happens without it.
    """
    yield from told(page, __name__, "The same data are called required here and voluntarily given there.")
