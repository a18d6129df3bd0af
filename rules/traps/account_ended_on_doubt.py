"""The rule ``account-ended-on-doubt``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import ACCOUNTS


@text_rule(severity="warning", articles=ACCOUNTS, languages=SUPPORTED, kinds=("privacy", "terms", "cookies"))
def account_ended_on_doubt(page: LegalPage) -> Iterator[Passage]:
    """An account may be ended on a mere doubt about the customer's data.

    Why: wrong data are to be corrected, not punished; nobody is asked, nothing is proven, and the customer has no
    remedy.

    Fix: say that the customer is asked to correct the data first, in which time, and what can be done against a
    closure.
    """
    yield from told(
        page, __name__, "The account may be ended on a mere doubt about the data, without asking the customer"
    )
