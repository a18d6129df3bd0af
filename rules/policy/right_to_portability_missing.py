"""The rule ``right-to-portability-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(2)(b), 20",), "uk": ("UK GDPR Art. 13(2)(b), 20",)},
    languages=LANGUAGES,
)
def right_to_portability_missing(page: LegalPage) -> Item:
    """The privacy policy does not tell of the right to data portability.

    Why: people who do not know the right cannot use it.

    Fix: say that people can get their data in a machine-readable format.
    """
    return state_of(page, "portability")
