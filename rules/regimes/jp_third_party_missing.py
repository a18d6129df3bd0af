from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"jp": ("APPI Art. 27",)},
    languages=("ja", "en"),
)
def jp_third_party_missing(page: LegalPage) -> Item:
    """The policy does not say whether personal information is provided to third parties.

    Why: Without consent nothing may be provided; people look for a word on it first.

    Fix: Say that nothing is provided without consent, or name to whom and why.
    """
    return said(page, "jp", "third_party")
