"""The rule ``right-to-complain-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(2)(d), 77",), "uk": ("UK GDPR Art. 13(2)(d), 77",)},
    languages=LANGUAGES,
)
def right_to_complain_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to complain to a supervisory authority.

    Why: people must know where to turn when the shop does not help.

    Fix: name the right, and the authority with a link.
    """
    return state_of(page, "complaint")
