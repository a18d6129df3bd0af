from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"jp": ("APPI Art. 27(5)3",)},
    languages=("ja", "en"),
)
def jp_joint_use_missing(page: LegalPage) -> Item:
    """The policy speaks of group companies but not of the terms of joint use.

    Why: Joint use without consent needs the items, the users, the purpose and who is responsible. Asked only where group
    companies are named.

    Fix: State items, scope, purpose and the responsible company with address and representative.
    """
    return said(page, "jp", "joint_use")
