"""The rule ``right-of-access-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(b), 15",), "uk": ("UK GDPR Art. 13(2)(b), 15",)},
    languages=LANGUAGES,
)
def right_of_access_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right of access.

    Why: people who do not know the right cannot use it.

    Fix: say that people can ask which data is held about them, and get a copy.
    """
    return state_of(page, "access")
