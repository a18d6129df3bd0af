from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 30(1)8",
            "PIPA Enforcement Decree Art. 31(1)1",
        )
    },
    languages=("ko", "en"),
)
def kr_items_missing(page: LegalPage) -> Item:
    """The policy does not list the items of personal information that are processed.

    Why: People must see which of their data a shop has; “your information” is no list.

    Fix: List the items for each purpose: name, e-mail, phone, address, payment record.
    """
    return said(page, "kr", "items")
