from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 8.1",)},
    languages=("fr", "en"),
    beside=("cookies",),
)
def qc_technology_missing(page: LegalPage) -> Item:
    """The policy speaks of technology that identifies, locates or profiles but not of how to switch it on or off.

    Why: Such technology is off until it is switched on, and people are told of it and how. Asked only where the text
    names some.

    Fix: Say what is used and how to activate or refuse it.
    """
    return said(page, "qc", "technology")
