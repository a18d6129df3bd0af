"""What French law wants a publisher established in France to show, and on which pages it is looked for."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item
from auditor.rules.regimes.said import said


def french(page: LegalPage, item: str) -> Item:
    """Whether a page in French says an item; an imprint in another language is not one of a French publisher."""
    return said(page, "mentions", item) if page.language in ("fr", "") else Item(state="not-applicable")
