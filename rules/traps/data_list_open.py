"""The rule ``data-list-open``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import TRANSPARENT


@text_rule(
    severity="warning",
    articles=TRANSPARENT,
    severities={"kr": "error", "cn": "error"},
    languages=SUPPORTED,
    kinds=("privacy", "cookies", "terms"),
)
def data_list_open(page: LegalPage) -> Iterator[Passage]:
    """The list of the personal data that are collected is left open.

    Why: who reads "including but not limited to" or "etc." doesn't know what is collected; the list must be complete to inform and to limit.

    Fix: list every item that is collected and leave out words that keep the list open.
    """
    yield from told(page, __name__, "The list of the personal data that are collected stays open.")
