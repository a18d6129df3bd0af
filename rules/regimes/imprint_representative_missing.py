from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"de": ("DDG § 5(1), no. 1",)},
    languages=("de", "en"),
    kinds=("imprint",),
)
def imprint_representative_missing(page: LegalPage) -> Item:
    """The imprint of a company does not name who represents it.

    Why: A company acts through people, and the law wants them named.

    Fix: Name the managing director or the board: Geschäftsführerin with first and last name.
    """
    return said(page, "imprint", "representative")
