"""The rule ``right-to-rectification-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(b), 16",), "uk": ("UK GDPR Art. 13(2)(b), 16",)},
    languages=LANGUAGES,
)
def right_to_rectification_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to rectification.

    Why: people who do not know the right cannot use it.

    Fix: say that people can have wrong data corrected.
    """
    return state_of(page, "rectification")
