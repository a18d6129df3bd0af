from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"jp": ("APPI Art. 32(1)1",)},
    languages=("ja", "en"),
    beside=("seller", "imprint", "contact"),
)
def jp_representative_missing(page: LegalPage) -> Item:
    """The policy does not name the representative of the company.

    Why: Since 2022 a company has to tell who represents it; the page on the seller counts.

    Fix: Add the representative's name, such as 代表取締役 with the name.
    """
    return said(page, "jp", "representative")
