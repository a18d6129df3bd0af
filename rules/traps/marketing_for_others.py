"""The rule ``marketing-for-others``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import MARKETING


@text_rule(severity="warning", articles=MARKETING, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def marketing_for_others(page: LegalPage) -> Iterator[Passage]:
    """The shop sends the advertising of others without asking first.

    Why: advertising by e-mail or message needs a consent of its own, and all the more when it is for charities, partners or other firms.

    Fix: send the advertising of others only to people who ticked a separate, voluntary box, and say who the others are.
    """
    yield from told(page, __name__, "The advertising of others is sent, and nothing is said of a consent to it.")
