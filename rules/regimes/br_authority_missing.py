from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="notice",
    articles={"br": ("LGPD Art. 18, § 1",)},
    languages=("en", "es"),
)
def br_authority_missing(page: LegalPage) -> Item:
    """The policy does not say that the data subject may turn to the national authority.

    Why: The right to petition the ANPD is one of those to be known.

    Fix: Name the ANPD with a link.
    """
    return said(page, "br", "authority")
