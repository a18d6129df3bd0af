from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"br": ("LGPD Art. 9, I",)},
    languages=("en", "es"),
)
def br_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal data are processed.

    Why: The specific purpose comes first among what the data subject has easy access to.

    Fix: State each purpose.
    """
    return said(page, "br", "purposes")
