from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "qc": (
            "Act respecting the protection of personal information in the private sector, s. 8",
            "Act respecting the protection of personal information in the private sector, s. 27",
            "Act respecting the protection of personal information in the private sector, s. 28",
        )
    },
    languages=("fr", "en"),
)
def qc_rights_missing(page: LegalPage) -> Item:
    """The policy does not tell the rights of access and rectification.

    Why: Both rights are told when information is collected.

    Fix: Tell the rights and how to use them.
    """
    return said(page, "qc", "rights")
