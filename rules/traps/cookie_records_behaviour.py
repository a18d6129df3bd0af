"""The rule ``cookie-records-behaviour``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PROPORTION


@text_rule(severity="error", articles=PROPORTION, languages=SUPPORTED, kinds=("privacy", "cookies"))
def cookie_records_behaviour(page: LegalPage) -> Iterator[Passage]:
    """Cookies record credit history or whatever the visitor does.

    Why: a cookie may serve a stated purpose that the visitor agreed to; a record of everything, or of somebody's
    credit, is far more than a shop needs.

    Fix: name what each cookie keeps and for which purpose, and keep neither credit data nor whole histories in
    cookies.
    """
    yield from told(page, __name__, "Cookies record far more than a shop needs")
