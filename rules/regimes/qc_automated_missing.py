from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 12.1",)},
    languages=("fr", "en"),
)
def qc_automated_missing(page: LegalPage) -> Item:
    """The policy speaks of automated decisions but not of what people may ask for.

    Why: Who is subject to such a decision is told so, may learn the reasons and have a person look. Asked only where the
    text is of such decisions.

    Fix: Say that a decision is automated, how to learn its reasons and how to reach a person.
    """
    return said(page, "qc", "automated")
