from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 21",
            "PIPA Art. 30(1)3-2",
        )
    },
    languages=("ko", "en"),
)
def kr_destruction_missing(page: LegalPage) -> Item:
    """The policy does not say how personal information is destroyed.

    Why: Procedure and method of destruction, and what the law makes the shop keep, belong in the policy.

    Fix: Say when data are destroyed and how: files beyond recovery, paper shredded.
    """
    return said(page, "kr", "destruction")
