from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"jp": ("APPI Art. 32(1)1",)},
    languages=("ja", "en"),
    beside=("seller", "imprint", "contact"),
)
def jp_operator_missing(page: LegalPage) -> Item:
    """The policy does not name the business operator that handles the personal information.

    Why: The name, as registered, is the first thing that people must be able to know.

    Fix: Name the company (or, of a sole trader, the person).
    """
    return said(page, "jp", "operator")
