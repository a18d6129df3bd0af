from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"cn": ("PIPL Art. 17(1)1",)},
    languages=("zh", "en"),
)
def cn_handler_missing(page: LegalPage) -> Item:
    """The policy does not name the handler of the personal information.

    Why: People must know who handles their data, by the registered name and not only the shop's.

    Fix: Name the company as registered, such as 杭州某某贸易有限公司 with your own name.
    """
    return said(page, "cn", "handler")
