"""The rule ``action-unlimited``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import AUTOMATED


@text_rule(severity="error", articles=AUTOMATED, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def action_unlimited(page: LegalPage) -> Iterator[Passage]:
    """The shop allows itself unlimited or automatic measures against its customers.

    Why: measures without limit, or decisions by a machine that nobody reviews, leave customers without protection.

    Fix: say which measures may follow from what, and who reviews a decision before it harms anybody.
    """
    yield from told(
        page, __name__, "Measures against the customer have no limit or are taken by a machine without review."
    )
