from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"cn": ("PIPL Art. 31",)},
    languages=("zh", "en"),
)
def cn_minors_missing(page: LegalPage) -> Item:
    """The policy does not say how data of minors under 14 are treated.

    Why: Their data are sensitive, need a guardian's consent and rules of their own.

    Fix: Say that a guardian must consent and how, or that the shop is not for minors.
    """
    return said(page, "cn", "minors")
