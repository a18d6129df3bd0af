from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 28-8(2)",
            "PIPA Art. 30(1)8",
        )
    },
    languages=("ko", "en"),
)
def kr_overseas_missing(page: LegalPage) -> Item:
    """The policy does not tell the particulars of a transfer abroad.

    Why: Where data go abroad, the policy tells items, country, time and method, recipient with contact, purpose and
    period, and how to refuse. Asked only where the text is of something abroad.

    Fix: Publish the particulars for each recipient, or say that nothing leaves Korea.
    """
    return said(page, "kr", "overseas")
