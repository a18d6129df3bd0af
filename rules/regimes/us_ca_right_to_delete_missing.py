from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.105(b)",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(B)",
        )
    },
    languages=("en", "es"),
)
def us_ca_right_to_delete_missing(page: LegalPage) -> Item:
    """The policy does not tell the right to have personal information deleted.

    Why: The right is of no use to those who never hear of it.

    Fix: Explain the right to have data deleted, and when you may keep them.
    """
    return said(page, "us_ca", "right_to_delete")
