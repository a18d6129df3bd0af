from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 29",
            "PIPA Enforcement Decree Art. 31(1)3",
        )
    },
    languages=("ko", "en"),
)
def kr_safety_missing(page: LegalPage) -> Item:
    """The policy does not describe measures that keep personal information safe.

    Why: The measures belong in the policy since the Enforcement Decree says so.

    Fix: Name the main measures: access control, encryption, records of access, training.
    """
    return said(page, "kr", "safety")
