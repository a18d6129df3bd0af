from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 30(1)5",
            "PIPA Art. 35 to 38",
        )
    },
    languages=("ko", "en"),
)
def kr_rights_missing(page: LegalPage) -> Item:
    """The policy does not tell the rights of data subjects and how they are used.

    Why: Access, correction, deletion and suspension are of no use to those who don't hear of them.

    Fix: List the rights and say how to use them: in writing, by phone, e-mail or in the account.
    """
    return said(page, "kr", "rights")
