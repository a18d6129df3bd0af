"""The rule ``legitimate-interest-missing``."""

from __future__ import annotations

from functools import partial

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, called_for, state_of


@duty_rule(
    severity="warning",
    articles={"eu": ("GDPR Art. 13(1)(d)",), "uk": ("UK GDPR Art. 13(1)(d)",)},
    languages=LANGUAGES,
    beside=("cookies",),
    applies=partial(called_for, item="legitimate-interest"),
    otherwise="the text relies on no legitimate interest",
)
def legitimate_interest_missing(page: LegalPage) -> Item:
    """The privacy policy relies on legitimate interests and does not say which.

    Why: nobody can weigh, or object to, an interest that is not named.

    Fix: say which interest it is, such as preventing payment fraud.
    """
    return state_of(page, "legitimate-interest")
