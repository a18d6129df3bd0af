from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "cn": (
            "PIPL Art. 17(1)3",
            "PIPL Art. 44 to 50",
        )
    },
    languages=("zh", "en"),
)
def cn_rights_missing(page: LegalPage) -> Item:
    """The policy does not say how people use their rights to their personal information.

    Why: Consulting, copying, correcting and deleting need a way that works.

    Fix: List the rights and the way to use them, with the time of the answer.
    """
    return said(page, "cn", "rights")
