"""The rule ``policy-date-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 12(1)",), "uk": ("UK GDPR Art. 12(1)",)},
    languages=LANGUAGES,
)
def policy_date_missing(page: LegalPage) -> Item:
    """The privacy policy bears no date.

    Why: nobody can tell which version applied when.

    Fix: put the date of the last change at the top or at the end.
    """
    return state_of(page, "date")
