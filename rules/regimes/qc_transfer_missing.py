from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "qc": (
            "Act respecting the protection of personal information in the private sector, s. 8",
            "Act respecting the protection of personal information in the private sector, s. 17",
        )
    },
    languages=("fr", "en"),
)
def qc_transfer_missing(page: LegalPage) -> Item:
    """The policy does not say whether personal information may leave Québec.

    Why: The possibility that information is communicated outside Québec is told when it is collected.

    Fix: Say where it goes, or that it stays.
    """
    return said(page, "qc", "transfer")
