"""The rule ``recipients-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(1)(e)",), "uk": ("UK GDPR Art. 13(1)(e)",)},
    languages=LANGUAGES,
    beside=("cookies", "terms"),
)
def recipients_missing(page: LegalPage) -> Item:
    """The privacy policy does not say who receives the data.

    Why: people cannot follow their data to those who have it.

    Fix: name the recipients or their categories: carrier, payment provider, host, …
    """
    return state_of(page, "recipients")
