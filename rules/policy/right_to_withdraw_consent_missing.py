"""The rule ``right-to-withdraw-consent-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(c), 7(3)",), "uk": ("UK GDPR Art. 13(2)(c), 7(3)",)},
    languages=LANGUAGES,
    beside=("cookies",),
    applies=partial(called_for, item="withdrawal"),
    otherwise="the text does not rely on consent",
)
def right_to_withdraw_consent_missing(page: LegalPage) -> Item:
    """The privacy policy asks for consent and does not tell that it can be withdrawn.

    Why: consent that cannot be taken back is none.

    Fix: say that consent can be withdrawn at any time, and how.
    """
    return state_of(page, "withdrawal")
