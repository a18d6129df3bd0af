from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="notice",
    articles={"uk": ("Data Protection Act 2018 s. 164A",)},
    languages=(),
    beside=("contact",),
)
def uk_complaints_missing(page: LegalPage) -> Item:
    """The policy does not say how to complain to the shop itself about personal data.

    Why: The Data (Use and Access) Act 2025 wants controllers to make complaints easy, by a form for example, and to
    acknowledge them within 30 days.

    Fix: Say how to complain to you, and when you answer.
    """
    return said_in("en", page, "uk", "complaints")
