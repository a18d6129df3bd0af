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
def imprint_name_missing(page: LegalPage) -> Item:
    """The imprint does not name the provider with its legal form.

    Why: Who deals with a shop must know with whom: the full name of the person, or the company's with its legal form.

    Fix: Add first and last name, or the company's name with its legal form, such as GmbH.
    """
    return said(page, "imprint", "name")
