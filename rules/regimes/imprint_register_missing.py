from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"de": ("DDG § 5(1), no. 4",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_register_missing(page: LegalPage) -> Item:
    """The imprint of a registered company does not tell register and number.

    Why: Court and number let everybody look up who stands behind a shop. Sole traders without an entry owe nothing.

    Fix: Add the register's court and number: Amtsgericht, HRB and digits.
    """
    return said(page, "imprint", "register")
