from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "kr": (
            "PIPA Art. 30(1)8",
            "PIPC guideline on drawing up privacy policies",
        )
    },
    languages=("ko", "en"),
)
def kr_remedies_missing(page: LegalPage) -> Item:
    """The policy does not name the bodies that help when privacy is violated.

    Why: The guideline of the authority asks to name the Dispute Mediation Committee and the report centre (118).

    Fix: Name 개인정보분쟁조정위원회, 개인정보침해신고센터, 대검찰청 and 경찰청 with their numbers.
    """
    return said(page, "kr", "remedies")
