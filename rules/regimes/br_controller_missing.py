from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={"br": ("LGPD Art. 9, III",)},
    languages=("en", "es"),
)
def br_controller_missing(page: LegalPage) -> Item:
    """The policy does not identify the controller.

    Why: Who decides on the data must be named.

    Fix: Name the company with its CNPJ if it has one.
    """
    return said(page, "br", "controller")
