"""The rule ``consent-contradicted``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import TRUE

DEEMED = f"{__package__}.consent_deemed"


@text_rule(severity="warning", articles=TRUE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def consent_contradicted(page: LegalPage) -> Iterator[Passage]:
    """A text promises to ask for consent, and elsewhere takes the use of the shop for it.

    Why: both cannot be true; a reader who relies on the promise is misled.

    Fix: delete the clause about consent by use, and describe when and how consent is asked for.
    """
    deemed = [(passage.start, passage.end) for passage in told(page, DEEMED, "")]
    message = "The text promises to ask for consent, and elsewhere takes the use of the shop for consent"
    for passage in told(page, __name__, message) if deemed else ():
        if not any(passage.start < end and start < passage.end for start, end in deemed):
            yield passage
