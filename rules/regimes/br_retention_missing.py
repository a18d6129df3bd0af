from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"br": ("LGPD Art. 9, II",)},
    languages=("en", "es"),
)
def br_retention_missing(page: LegalPage) -> Item:
    """The policy does not say how and for how long personal data are processed.

    Why: Form and duration of the processing are to be told.

    Fix: State the period for each purpose.
    """
    return said(page, "br", "retention")
