"""The rule ``dpo-contact-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(1)(b)",), "uk": ("UK GDPR Art. 13(1)(b)",)},
    languages=LANGUAGES,
    beside=("imprint", "contact"),
    applies=partial(called_for, item="dpo"),
    otherwise="the text speaks of no data protection officer",
)
def dpo_contact_missing(page: LegalPage) -> Item:
    """The privacy policy gives no contact of a data protection officer.

    Why: where there has to be an officer, people must be able to reach that person.

    Fix: give the officer's e-mail or postal address, where one has to be appointed.
    """
    return state_of(page, "dpo")
