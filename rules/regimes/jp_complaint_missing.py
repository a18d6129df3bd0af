from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "APPI Art. 32(1)4",
            "APPI Enforcement Order Art. 10",
        )
    },
    languages=("ja", "en"),
    beside=("contact",),
)
def jp_complaint_missing(page: LegalPage) -> Item:
    """The policy does not say where complaints about personal information go.

    Why: A desk that can be reached is part of what must be available.

    Fix: Name the desk with phone number, e-mail address or form.
    """
    return said(page, "jp", "complaint")
