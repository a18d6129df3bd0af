"""The rule ``representative-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(1)(a), 27",), "uk": ("UK GDPR Art. 13(1)(a), 27",)},
    languages=LANGUAGES,
    beside=("imprint",),
    applies=partial(called_for, item="representative"),
    otherwise="the text names no controller outside the European Union",
)
def representative_missing(page: LegalPage) -> Item:
    """The privacy policy names no representative in the European Union.

    Why: a controller outside the EU that sells into it needs one, and has to say who it is.

    Fix: name the representative with address, where one has to be appointed.
    """
    return state_of(page, "representative")
