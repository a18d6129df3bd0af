"""The rule ``purpose-unlimited``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PURPOSE


@text_rule(severity="error", articles=PURPOSE, languages=SUPPORTED, kinds=("privacy", "cookies"))
def purpose_unlimited(page: LegalPage) -> Iterator[Passage]:
    """The purposes for which personal data are used have no limit.

    Why: who may use data for anything at all has named no purpose; consent and information are then worth nothing.

    Fix: name every purpose concretely, and delete words that let it be any other.
    """
    yield from told(page, __name__, "The purpose has no limit: the data may be used for anything.")
