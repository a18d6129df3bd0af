"""The rule ``provision-duty-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 13(2)(e)",), "uk": ("UK GDPR Art. 13(2)(e)",)},
    languages=LANGUAGES,
    beside=("terms",),
)
def provision_duty_missing(page: LegalPage) -> Item:
    """The privacy policy does not say whether people must give their data, and what follows when they do not.

    Why: people cannot choose when they do not know what is required.

    Fix: say which data is needed for the contract and that without it the order cannot be handled.
    """
    return state_of(page, "provision")
