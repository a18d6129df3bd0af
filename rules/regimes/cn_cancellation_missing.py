from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"cn": ("E-Commerce Law of the PRC Art. 24",)},
    languages=("zh", "en"),
    beside=("terms",),
)
def cn_cancellation_missing(page: LegalPage) -> Item:
    """The policy does not say how an account is cancelled.

    Why: A shop must show how to cancel an account and may not make it hard.

    Fix: Describe the steps to cancel an account, and what happens to the data.
    """
    return said(page, "cn", "cancellation")
