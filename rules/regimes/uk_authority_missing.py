from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="warning",
    articles={"uk": ("UK GDPR Art. 13(2)(d)",)},
    languages=(),
)
def uk_authority_missing(page: LegalPage) -> Item:
    """The policy does not name the Information Commissioner as the authority for complaints.

    Why: People in the United Kingdom complain to the Information Commissioner (ICO); a word on authorities of the
    European Union does not help them.

    Fix: Name the ICO with its address: ico.org.uk.
    """
    return said_in("en", page, "uk", "authority")
