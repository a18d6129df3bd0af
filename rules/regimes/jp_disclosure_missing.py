from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "APPI Art. 32(1)3",
            "APPI Art. 33 to 35",
        )
    },
    languages=("ja", "en"),
)
def jp_disclosure_missing(page: LegalPage) -> Item:
    """The policy does not tell the procedure for requests of disclosure, correction or cease of use.

    Why: How a request is made, and to whom, must be available.

    Fix: Say how to ask for disclosure, correction, cease of use and deletion, and how identity is checked.
    """
    return said(page, "jp", "disclosure")
