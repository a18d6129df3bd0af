from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 3.1",)},
    languages=("fr", "en"),
)
def qc_officer_missing(page: LegalPage) -> Item:
    """The policy does not give title and contact of the person in charge of protecting personal information.

    Why: Title and contact of that person are to be published on the site.

    Fix: Publish title, phone number and e-mail address of the person in charge.
    """
    return said(page, "qc", "officer")
