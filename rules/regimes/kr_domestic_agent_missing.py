from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"kr": ("PIPA Art. 31-2",)},
    languages=("ko", "en"),
)
def kr_domestic_agent_missing(page: LegalPage) -> Item:
    """The policy speaks of a domestic agent but does not tell how to reach it.

    Why: A company abroad that must have an agent in Korea publishes its name, address, phone and e-mail.

    Fix: Publish the agent's name, address, phone number and e-mail.
    """
    return said(page, "kr", "domestic_agent")
