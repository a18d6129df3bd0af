"""The rule ``retention-unlimited``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import STORAGE


@text_rule(severity="error", articles=STORAGE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def retention_unlimited(page: LegalPage) -> Iterator[Passage]:
    """Personal data are kept without an end.

    Why: data that identify somebody may be kept no longer than their purpose needs; “for ever” is a period that no
    purpose has.

    Fix: give a period for each kind of data, or the criteria that it follows from, and delete the data when it is
    over.
    """
    yield from told(page, __name__, "Personal data are kept without an end")
