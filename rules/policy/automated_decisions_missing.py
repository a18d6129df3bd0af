"""The rule ``automated-decisions-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(2)(f), 22",), "uk": ("UK GDPR Art. 13(2)(f), 22",)},
    languages=LANGUAGES,
    applies=partial(called_for, item="automated"),
    otherwise="the text speaks of no scoring or profiling",
)
def automated_decisions_missing(page: LegalPage) -> Item:
    """The privacy policy speaks of scoring or profiling and does not explain the automated decisions.

    Why: people must know the logic and the effect of decisions that machines take about them.

    Fix: explain the logic, the effect and how to have a person look at it.
    """
    return state_of(page, "automated")
