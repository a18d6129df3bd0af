from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"kr": ("PIPA Art. 30(1)1",)},
    languages=("ko", "en"),
)
def kr_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal information is processed.

    Why: The purposes come first in the list of what a Korean policy must contain.

    Fix: State each purpose: membership, delivery, payment, advertising.
    """
    return said(page, "kr", "purposes")
