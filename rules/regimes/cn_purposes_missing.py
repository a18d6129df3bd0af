from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"cn": ("PIPL Art. 17(1)2",)},
    languages=("zh", "en"),
)
def cn_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal information is handled.

    Why: Handling is limited to the purposes told.

    Fix: State the purpose of each kind of data.
    """
    return said(page, "cn", "purposes")
