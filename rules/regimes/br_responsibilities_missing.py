from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "br": (
            "LGPD Art. 9, VI",
            "LGPD Art. 46",
        )
    },
    languages=("en", "es"),
)
def br_responsibilities_missing(page: LegalPage) -> Item:
    """The policy does not say what those who process the data answer for, such as security.

    Why: The responsibilities of the agents of processing are to be told.

    Fix: Say who answers for what, and by which measures the data are protected.
    """
    return said(page, "br", "responsibilities")
