"""The rule ``right-to-object-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(2)(b), 21",), "uk": ("UK GDPR Art. 13(2)(b), 21",)},
    languages=LANGUAGES,
)
def right_to_object_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to object.

    Why: the right to object must be brought to people's attention explicitly.

    Fix: say, apart from the other rights, that people can object to processing and always to direct marketing.
    """
    return state_of(page, "objection")
