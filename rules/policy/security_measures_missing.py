"""The rule ``security-measures-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 32",), "uk": ("UK GDPR Art. 32",)},
    languages=LANGUAGES,
    applies=partial(called_for, item="security"),
    otherwise="the text does not speak of security",
)
def security_measures_missing(page: LegalPage) -> Item:
    """The privacy policy names no measure that protects the data.

    Why: people want to know that somebody takes care.

    Fix: name the main measures, such as encryption and restricted access.
    """
    return state_of(page, "security")
