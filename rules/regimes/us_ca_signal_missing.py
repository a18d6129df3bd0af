from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "us-ca": (
            "Cal. Code Regs. tit. 11, § 7011(e)(3)(F)",
            "Cal. Code Regs. tit. 11, § 7025",
        )
    },
    languages=("en", "es"),
    beside=("do-not-sell", "cookies"),
)
def us_ca_signal_missing(page: LegalPage) -> Item:
    """The policy does not explain how signals such as Global Privacy Control are treated.

    Why: A signal is a request to opt out by law; people must be told how the shop takes it: for the browser, for the
    account.

    Fix: Explain how you treat the signal, and how to send it.
    """
    return said(page, "us_ca", "signal")
