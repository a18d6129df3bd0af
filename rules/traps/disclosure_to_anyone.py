"""The rule ``disclosure-to-anyone``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import RECIPIENTS


@text_rule(severity="error", articles=RECIPIENTS, languages=SUPPORTED, kinds=("privacy", "cookies"))
def disclosure_to_anyone(page: LegalPage) -> Iterator[Passage]:
    """A clause lets the shop hand personal data to anyone it likes.

    Why: recipients that are "any person" or "any organisation we choose" are no recipients that anybody could check, refuse or ask.

    Fix: name the recipients or their kinds, what each of them gets, and the legal basis.
    """
    yield from told(page, __name__, "Personal data may be handed to anyone: the recipients have no limit.")
