from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"cn": ("PIPL Art. 28 to 30",)},
    languages=("zh", "en"),
)
def cn_sensitive_missing(page: LegalPage) -> Item:
    """The policy is about sensitive personal information but does not say why it is needed and what that means.

    Why: Identity numbers, bank accounts, faces and places need a necessity, an explanation of the effects, and separate
    consent. Asked only where the text names such data.

    Fix: Say why each is necessary and what follows for the person; or do without.
    """
    return said(page, "cn", "sensitive")
