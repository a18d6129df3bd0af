"""The rule ``controller-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(1)(a)",), "uk": ("UK GDPR Art. 13(1)(a)",)},
    languages=LANGUAGES,
    beside=("imprint", "terms"),
)
def controller_missing(page: LegalPage) -> Item:
    """The privacy policy does not name the company or person that is responsible for the data.

    Why: nobody can hold a nameless controller to anything; a brand or “this website” is no legal person.

    Fix: name the legal entity (or the trader) that decides about the data, in the first paragraph.
    """
    return state_of(page, "controller")
