from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"cn": ("PIPL Art. 39",)},
    languages=("zh", "en"),
)
def cn_overseas_missing(page: LegalPage) -> Item:
    """The policy does not tell about provision of personal information outside China.

    Why: Recipient, contact, purpose, way, kinds and how rights are used are to be told, and consent asked separately.
    Asked only where the text is of something abroad.

    Fix: Name the recipient abroad and the particulars, or say that data stay in China.
    """
    return said(page, "cn", "overseas")
