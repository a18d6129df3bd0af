from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="error",
    articles={
        "jp": (
            "APPI Art. 21(1)",
            "APPI Art. 32(1)2",
        )
    },
    languages=("ja", "en"),
)
def jp_purposes_missing(page: LegalPage) -> Item:
    """The policy does not say for which purposes personal information is used.

    Why: All purposes are to be made public, each as specific as can be.

    Fix: List the purposes: shipping, answering questions, sending a newsletter.
    """
    return said(page, "jp", "purposes")
