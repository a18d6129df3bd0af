from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"cn": ("PIPL Art. 17(1)2",)},
    languages=("zh", "en"),
)
def cn_kinds_missing(page: LegalPage) -> Item:
    """The policy does not list the kinds of personal information that are handled.

    Why: Only a list shows whether the data fit the purpose.

    Fix: List the kinds: name, phone number, delivery address, order, device.
    """
    return said(page, "cn", "kinds")
