"""The rule ``browser-steps-outdated``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.stale.articles import REFUSAL


@text_rule(severity="notice", articles=REFUSAL, languages=SUPPORTED, kinds=("privacy", "cookies"))
def browser_steps_outdated(page: LegalPage) -> Iterator[Passage]:
    """Steps for refusing cookies are given for browsers that are gone.

    Why: a visitor cannot refuse by menus that no current browser has.

    Fix: describe the settings of current browsers, or link to their help pages.
    """
    yield from told(page, __name__, "The steps are for a browser that is no longer in use")
