"""The rule ``liability-for-others-excluded``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.traps.articles import LIABILITY_FOR_PROCESSORS
from auditor.rules.traps.waivers import waived


@text_rule(
    severity="warning",
    articles=LIABILITY_FOR_PROCESSORS,
    languages=SUPPORTED,
    kinds=("privacy", "cookies", "terms", "copyright"),
)
def liability_for_others_excluded(page: LegalPage) -> Iterator[Passage]:
    """The shop excludes its liability for what partners, linked sites or unnamed causes do to personal data.

    Why: the shop answers for processors and partners whom it hands data to; “other reasons” on top of the
    customer’s own fault take in everything.

    Fix: say that linked sites have policies of their own, and drop the exclusion of liability for personal data.
    """
    yield from waived(page, "others")
