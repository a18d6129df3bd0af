from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"kr": ("PIPA Art. 30(1)2",)},
    languages=("ko", "en"),
)
def kr_retention_missing(page: LegalPage) -> Item:
    """The policy does not say how long personal information is kept.

    Why: The period of processing and keeping belongs in the policy.

    Fix: State the period for each purpose, such as five years for contracts under the E-Commerce Act.
    """
    return said(page, "kr", "retention")
