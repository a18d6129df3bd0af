from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"qc": ("Act respecting the protection of personal information in the private sector, s. 8",)},
    languages=("fr", "en"),
)
def qc_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal information is collected.

    Why: The purposes are told when information is collected.

    Fix: State each purpose.
    """
    return said(page, "qc", "purposes")
