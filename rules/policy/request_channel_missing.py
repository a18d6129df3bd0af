"""The rule ``request-channel-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, channel_of


@duty_rule(
    severity="notice",
    articles={"eu": ("GDPR Art. 12(2)-(3)",), "uk": ("UK GDPR Art. 12(2)-(3)",)},
    languages=LANGUAGES,
    beside=("contact",),
)
def request_channel_missing(page: LegalPage) -> Item:
    """The privacy policy does not say how to use the rights, and when an answer comes.

    Why: a right without a way to use it stays on paper.

    Fix: name an address for requests, and say that they are answered within a month.
    """
    return channel_of(page)
