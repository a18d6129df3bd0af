"""The rule ``right-to-erasure-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(b), 17",), "uk": ("UK GDPR Art. 13(2)(b), 17",)},
    languages=LANGUAGES,
)
def right_to_erasure_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to erasure.

    Why: people who do not know the right cannot use it.

    Fix: say that people can have their data deleted, and when.
    """
    return state_of(page, "erasure")
