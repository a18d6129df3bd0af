"""The rule ``data-source-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 14(2)(f)",), "uk": ("UK GDPR Art. 14(2)(f)",)},
    languages=LANGUAGES,
    applies=partial(called_for, item="source"),
    otherwise="the text speaks of no data from others",
)
def data_source_missing(page: LegalPage) -> Item:
    """The privacy policy does not say where data comes from that people did not give.

    Why: people cannot correct a source that they do not know.

    Fix: name the sources, such as a social log-in or a credit agency.
    """
    return state_of(page, "source")
