"""The rule ``retention-period-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(a)",), "uk": ("UK GDPR Art. 13(2)(a)",)},
    languages=LANGUAGES,
)
def retention_period_missing(page: LegalPage) -> Item:
    """The privacy policy does not say how long the data is kept.

    Why: data that nobody has to delete is kept for ever.

    Fix: give a period, or the criteria for it, for each kind of data.
    """
    return state_of(page, "retention")
