"""The rule ``liability-for-leaks-excluded``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.traps.articles import LIABILITY
from auditor.rules.traps.waivers import waived


@text_rule(
    severity="error", articles=LIABILITY, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "copyright")
)
def liability_for_leaks_excluded(page: LegalPage) -> Iterator[Passage]:
    """The shop excludes its liability for leaks, thefts and losses of personal data.

    Why: whoever processes personal data answers for their protection and has to prove that a leak was not their
    fault; a clause that says otherwise is void, and tells customers wrongly that they have no claim.

    Fix: delete the exclusion, or limit it to events that the shop could not prevent, with its liability for its own
    fault and under mandatory law reserved.
    """
    yield from waived(page, "leaks")
