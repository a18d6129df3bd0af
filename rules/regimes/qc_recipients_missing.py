from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 8",)},
    languages=("fr", "en"),
)
def qc_recipients_missing(page: LegalPage) -> Item:
    """The policy does not name the third persons for whom or to whom personal information goes.

    Why: Names or categories of those who receive the information are told.

    Fix: Name the recipients or their categories.
    """
    return said(page, "qc", "recipients")
