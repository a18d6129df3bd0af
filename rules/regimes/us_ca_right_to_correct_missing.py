from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.106(b)",
            "Cal. Code Regs. tit. 11, § 7011(e)(2)(C)",
        )
    },
    languages=("en", "es"),
)
def us_ca_right_to_correct_missing(page: LegalPage) -> Item:
    """The policy does not tell the right to have wrong personal information corrected.

    Why: The right came in 2023 and is missing in many older policies.

    Fix: Explain the right to have inaccurate data corrected.
    """
    return said(page, "us_ca", "right_to_correct")
