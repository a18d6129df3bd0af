from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"jp": ("APPI Art. 28",)},
    languages=("ja", "en"),
)
def jp_foreign_missing(page: LegalPage) -> Item:
    """The policy does not tell about provision to somebody in a foreign country.

    Why: Country, its system of protection, and the measures of the recipient are to be told. Asked only where the text
    names a service abroad.

    Fix: Name the country and recipient, with a word on its system; or say that there is none.
    """
    return said(page, "jp", "foreign")
