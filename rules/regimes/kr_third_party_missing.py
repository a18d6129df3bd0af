from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 17(2)",
            "PIPA Art. 30(1)3",
        )
    },
    languages=("ko", "en"),
)
def kr_third_party_missing(page: LegalPage) -> Item:
    """The policy does not say whether personal information is given to third parties.

    Why: Who receives data, why, which and for how long must be told; that nobody does is an answer as well.

    Fix: Name recipient, purpose, items and period, or say that nothing is provided.
    """
    return said(page, "kr", "third_party")
