"""The rule ``money-withheld``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PAYMENT


@text_rule(severity="warning", articles=PAYMENT, languages=SUPPORTED, kinds=("privacy", "cookies"))
def money_withheld(page: LegalPage) -> Iterator[Passage]:
    """A privacy text lets the shop take money from the customer.

    Why: a payment needs the payer's own consent to its amount; nobody expects to give it by reading about privacy.

    Fix: delete the clause, or move it to the terms and ask for a mandate when the customer chooses how to pay.
    """
    yield from told(page, __name__, "A privacy text lets the shop take money directly")
