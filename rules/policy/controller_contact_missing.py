"""The rule ``controller-contact-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(1)(a)",), "uk": ("UK GDPR Art. 13(1)(a)",)},
    languages=LANGUAGES,
    beside=("imprint", "contact", "terms"),
)
def controller_contact_missing(page: LegalPage) -> Item:
    """The privacy policy gives no address at which its controller can be reached.

    Why: questions and requests have nowhere to go.

    Fix: give a postal address and an e-mail address that somebody reads.
    """
    return state_of(page, "contact")
