from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 8",)},
    languages=("fr", "en"),
)
def qc_means_missing(page: LegalPage) -> Item:
    """The policy does not say by which means personal information is collected.

    Why: Forms, browsers and partners are different means, and people must know which.

    Fix: Say how it is collected: by forms, automatically, from others.
    """
    return said(page, "qc", "means")
