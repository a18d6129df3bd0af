from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="notice",
    articles={
        "jp": (
            "APPI Art. 32(1)3",
            "APPI Art. 38",
        )
    },
    languages=("ja", "en"),
)
def jp_fee_missing(page: LegalPage) -> Item:
    """The policy does not say what a request of disclosure costs.

    Why: If there is a fee it must be told; if there is none, say so.

    Fix: Name the fee, or say that there is none.
    """
    return said(page, "jp", "fee")
