"""The rule ``purposes-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(1)(c)",), "uk": ("UK GDPR Art. 13(1)(c)",)},
    languages=LANGUAGES,
    beside=("cookies",),
)
def purposes_missing(page: LegalPage) -> Item:
    """The privacy policy does not say what the data is used for.

    Why: purposes bind the controller; without them any use is open.

    Fix: list each purpose in its own line: delivery, customer service, newsletter, …
    """
    return state_of(page, "purposes")
