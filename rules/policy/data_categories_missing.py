"""The rule ``data-categories-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 14(1)(d)",), "uk": ("UK GDPR Art. 14(1)(d)",)},
    languages=LANGUAGES,
    beside=("cookies",),
)
def data_categories_missing(page: LegalPage) -> Item:
    """The privacy policy does not say which data is collected.

    Why: people cannot judge a processing whose data is not named.

    Fix: list the data for each purpose: name, address, e-mail address, …
    """
    return state_of(page, "categories")
