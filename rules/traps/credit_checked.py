"""The rule ``credit-checked``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import CREDIT


@text_rule(severity="warning", articles=CREDIT, languages=SUPPORTED, kinds=("privacy", "cookies"))
def credit_checked(page: LegalPage) -> Iterator[Passage]:
    """The credit and payment standing of customers is examined, and nothing says why a prepaid shop needs it.

    Why: who pays before the goods leave owes nothing; examining credit then has no purpose and no legal basis.

    Fix: remove it, or name the payment method that needs it, the source asked and the legal basis.
    """
    yield from told(
        page, __name__, "Customers' credit standing is examined, and no payment method or legal basis is named."
    )
