from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 30(1)6",
            "PIPA Art. 31",
        )
    },
    languages=("ko", "en"),
)
def kr_officer_missing(page: LegalPage) -> Item:
    """The policy does not name a privacy officer or department with a contact.

    Why: Complaints must reach somebody: the officer's name, or the department, with phone number and other contact.

    Fix: Name the officer (개인정보 보호책임자) or department with phone and e-mail.
    """
    return said(page, "kr", "officer")
