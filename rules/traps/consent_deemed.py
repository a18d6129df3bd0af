"""The rule ``consent-deemed``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import CONSENT


@text_rule(severity="error", articles=CONSENT, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "copyright"))
def consent_deemed(page: LegalPage) -> Iterator[Passage]:
    """A clause takes the use of the shop for consent.

    Why: consent is a clear act given for one purpose; whoever merely visits, registers or orders has agreed to nothing, so that
    whatever rests on this clause has no legal basis.

    Fix: delete the sentence, and ask for consent separately, with a box that is not ticked, where it is needed.
    """
    yield from told(page, __name__, "The use of the shop is taken for consent to the processing of personal data")
