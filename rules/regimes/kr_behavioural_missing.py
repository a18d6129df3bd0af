from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"kr": ("PIPC guideline on drawing up privacy policies",)},
    languages=("ko", "en"),
    beside=("cookies",),
)
def kr_behavioural_missing(page: LegalPage) -> Item:
    """The policy speaks of tailored advertising or statistics but not of behavioural information.

    Why: Items, method, purpose and period of behavioural information, and how to refuse, are told separately.

    Fix: Add a section on 행태정보 with items, method, purpose, period and refusal.
    """
    return said(page, "kr", "behavioural")
