"""The rule ``security-disclaimed``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.anywhere import anywhere, is_whole
from auditor.rules.traps.articles import SECURITY


@text_rule(severity="notice", articles=SECURITY, languages=SUPPORTED, kinds=("privacy", "cookies"))
def security_disclaimed(page: LegalPage) -> Iterator[Passage]:
    """Security is disclaimed or promised without limits instead of being described.

    Why: nobody can promise perfect security, and saying that there is none describes no measure either; the law wants to know what is done.

    Fix: describe the measures: encryption, access, backups, tests.
    """
    document = page.document
    assert document is not None
    message = "Security is disclaimed, or promised without limit, instead of being described."
    for place in told(page, __name__, message):
        if place.confidence != "low" or _nothing_described(document):
            yield place


def _nothing_described(document: Document) -> bool:
    """Whether a whole page names no measure; the usual reservation is honest beside one."""
    return is_whole(document) and not any(anywhere(document, __name__, "measures"))
