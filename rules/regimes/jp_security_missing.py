from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "APPI Art. 23",
            "APPI Enforcement Order Art. 10",
        )
    },
    languages=("ja", "en"),
)
def jp_security_missing(page: LegalPage) -> Item:
    """The policy does not describe the measures that keep personal information secure.

    Why: Since 2022 the measures taken are to be made available.

    Fix: Describe the main measures: rules, training, locked rooms, access control, encryption.
    """
    return said(page, "jp", "security")
