"""The rule ``legal-basis-missing``."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.policy.duties import LANGUAGES, state_of


@duty_rule(
    severity="error",
    articles={"eu": ("GDPR Art. 13(1)(c)",), "uk": ("UK GDPR Art. 13(1)(c)",)},
    languages=LANGUAGES,
    beside=("cookies",),
)
def legal_basis_missing(page: LegalPage) -> Item:
    """The privacy policy names no legal basis of the processing.

    Why: processing without a basis is forbidden, and people's rights depend on which it is.

    Fix: add to each purpose its basis: contract, consent, legal obligation or legitimate interest, with the article.
    """
    return state_of(page, "legal-basis")
