"""The rule ``policy-change-notice-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 12(1), 13(3)",), "uk": ("UK GDPR Art. 12(1), 13(3)",)},
    languages=LANGUAGES,
    applies=partial(called_for, item="changes"),
    otherwise="the text speaks of no changes",
)
def policy_change_notice_missing(page: LegalPage) -> Item:
    """The privacy policy does not say how changes are announced.

    Why: people cannot know of a change that nobody tells them.

    Fix: say how and when changes are announced.
    """
    return state_of(page, "changes")
