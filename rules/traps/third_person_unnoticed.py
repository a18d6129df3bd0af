"""The rule ``third-person-unnoticed``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import INDIRECT


@text_rule(severity="warning", articles=INDIRECT, languages=SUPPORTED, kinds=("privacy", "cookies"))
def third_person_unnoticed(page: LegalPage) -> Iterator[Passage]:
    """Data of other persons are used, and nothing is said of how they learn of it.

    Why: guarantors, relatives and contacts never agreed to anything; the shop must tell them what it holds about them.

    Fix: say which data of other persons are used, for what, and how and when these persons are told.
    """
    yield from told(
        page,
        __name__,
        "Data of other persons (guarantors, relatives, contacts) are used without a word on how they are told.",
    )
