from __future__ import annotations

import re
from dataclasses import replace

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import VALUES, said
from auditor.rules.regimes.units import units_of

WAYS = tuple(
    re.compile(way, re.IGNORECASE)
    for way in (
        VALUES["<phone>"],
        VALUES["<email>"],
        r"\bforms?\b|formulario|portal|\bvisiting\b",
        r"\b(?:by|postal) (?:mail|post)\b|correo postal|carta",
    )
)


@duty_rule(
    severity="error",
    articles={
        "us-ca": (
            "Cal. Civ. Code § 1798.130(a)(1)",
            "Cal. Code Regs. tit. 11, § 7020",
        )
    },
    languages=("en", "es"),
    beside=("do-not-sell", "contact"),
)
def us_ca_request_methods_missing(page: LegalPage) -> Item:
    """The policy does not say how to make a request about personal information, in two ways.

    Why: A shop has to offer at least two ways, one of them a toll-free number; a shop that sells on-line only and deals
    with its customers directly needs an e-mail address alone.

    Fix: Name two ways: a toll-free number and a web form, or an e-mail address if you sell on-line only.
    """
    item = said(page, "us_ca", "requests")
    return replace(item, state="uncertain") if item.state == "present" and not _two_ways(page) else item


def _two_ways(page: LegalPage) -> bool:
    texts = [unit.text for unit in units_of(page).all]
    return sum(any(map(way.search, texts)) for way in WAYS) > 1
