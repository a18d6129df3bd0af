from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"cn": ("PIPL Art. 17(1)2",)},
    languages=("zh", "en"),
)
def cn_method_missing(page: LegalPage) -> Item:
    """The policy does not say in which way personal information is handled.

    Why: The way (entered by the customer, recorded automatically, by whom it is stored) is to be told beside the
    purpose.

    Fix: Say how data are collected and handled: entered in forms, recorded automatically, stored encrypted.
    """
    return said(page, "cn", "method")
