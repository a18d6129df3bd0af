"""The rule ``children-age-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 8",), "uk": ("UK GDPR Art. 8",)},
    languages=LANGUAGES,
    beside=("terms",),
    applies=partial(called_for, item="children"),
    otherwise="the text speaks of no parents",
)
def children_age_missing(page: LegalPage) -> Item:
    """The privacy policy does not say from which age people may give their data.

    Why: below an age, only parents can consent.

    Fix: state the age, and what parents have to do.
    """
    return state_of(page, "children")
