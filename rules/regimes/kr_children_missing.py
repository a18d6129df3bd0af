from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "kr": (
            "PIPA Art. 22-2",
            "PIPA Art. 30(1)5",
        )
    },
    languages=("ko", "en"),
)
def kr_children_missing(page: LegalPage) -> Item:
    """The policy does not say how data of children under 14 are treated.

    Why: A legal representative must consent, and has the child's rights; or the shop takes no children, and says so.

    Fix: Say how the legal representative consents and acts, or that children under 14 cannot join.
    """
    return said(page, "kr", "children")
