from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.110(c)(3)",
            "Cal. Code Regs. tit. 11, § 7011(e)(1)(C)",
        )
    },
    languages=("en", "es"),
)
def us_ca_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal information is collected.

    Why: The purposes told are the limit of what the shop may do with the data.

    Fix: Say for which purposes you collect, and for which you sell or share, each category.
    """
    return said(page, "us_ca", "purposes")
