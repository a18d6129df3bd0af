"""The rule ``right-to-restriction-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(2)(b), 18",), "uk": ("UK GDPR Art. 13(2)(b), 18",)},
    languages=LANGUAGES,
)
def right_to_restriction_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to restriction of processing.

    Why: people who do not know the right cannot use it.

    Fix: say that people can have the processing restricted.
    """
    return state_of(page, "restriction")
