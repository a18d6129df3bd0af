"""The rule ``rights-hindered``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import RIGHTS


@text_rule(severity="warning", articles=RIGHTS, languages=SUPPORTED, kinds=("privacy", "cookies"))
def rights_hindered(page: LegalPage) -> Iterator[Passage]:
    """The shop puts hurdles before the rights of its customers.

    Why: a fee, a notary, a visit or a letter keeps people from asking; exercising a right must be easy and free.

    Fix: offer a way by e-mail or in the account, ask for no more than what is needed to recognise the person, and charge nothing.
    """
    yield from told(
        page, __name__, "Exercising a right meets a hurdle: a fee, a notarised paper, a visit or a letter alone."
    )
