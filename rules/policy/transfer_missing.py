"""The rule ``transfer-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(1)(f)",), "uk": ("UK GDPR Art. 13(1)(f)",)},
    languages=LANGUAGES,
    beside=("cookies",),
    applies=partial(called_for, item="transfer"),
    otherwise="the text names no service outside the European Economic Area",
)
def transfer_missing(page: LegalPage) -> Item:
    """The privacy policy does not say whether data leaves the European Economic Area, and on what footing.

    Why: services from outside the EEA are named, and the protection of data there must be told.

    Fix: say to which countries data goes, by which safeguard, and where to get a copy of it.
    """
    return state_of(page, "transfer")
