"""The rule ``consent-bundled``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import CONSENT

DEEMED = f"{__package__}.consent_deemed"


@text_rule(severity="warning", articles=CONSENT, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def consent_bundled(page: LegalPage) -> Iterator[Passage]:
    """One consent covers several purposes at once.

    Why: consent to use, to sharing and to advertising must be given, and refused, one by one; a bundle leaves no choice.

    Fix: ask for each purpose separately, and make none of them a condition of the order.
    """
    found = list(told(page, __name__, "One consent covers use, sharing and advertising at once"))
    if found:
        deemed = [passage.start for passage in told(page, DEEMED, "")]
        yield from (passage for passage in found if passage.start not in deemed)
