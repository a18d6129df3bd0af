from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"de": ("DDG § 5(1), no. 6",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_vat_missing(page: LegalPage) -> Item:
    """The imprint of a company does not tell its VAT identification number.

    Why: The number is due for those who have one, which companies that trade almost always do; small traders without one
    owe nothing.

    Fix: Add the number: DE and nine digits; never the tax number of the tax office.
    """
    return said(page, "imprint", "vat")
