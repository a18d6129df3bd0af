from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={"cn": ("PIPL Art. 23",)},
    languages=("zh", "en"),
)
def cn_recipients_missing(page: LegalPage) -> Item:
    """The policy does not say to whom personal information is given.

    Why: Each other handler is to be named, with contact, purpose, way and kinds of data.

    Fix: Name the recipients with purpose and kinds, or say that there are none.
    """
    return said(page, "cn", "recipients")
