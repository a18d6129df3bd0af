from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "br": (
            "LGPD Art. 9, VII",
            "LGPD Art. 18",
        )
    },
    languages=("en", "es"),
)
def br_rights_missing(page: LegalPage) -> Item:
    """The policy does not tell the rights of the data subject.

    Why: The rights of Art. 18 are to be mentioned expressly: confirmation, access, correction, anonymisation,
    portability, deletion.

    Fix: List the rights of Art. 18.
    """
    return said(page, "br", "rights")
