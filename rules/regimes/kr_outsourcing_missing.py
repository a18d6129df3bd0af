from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "kr": (
            "PIPA Art. 26(2)",
            "PIPA Art. 30(1)4",
        )
    },
    languages=("ko", "en"),
)
def kr_outsourcing_missing(page: LegalPage) -> Item:
    """The policy does not name those whom the processing is outsourced to.

    Why: A shop has carriers, payment agents and hosts; each of them, and its task, must be public.

    Fix: List each processor (수탁자) with its task, or say that nothing is outsourced.
    """
    return said(page, "kr", "outsourcing")
