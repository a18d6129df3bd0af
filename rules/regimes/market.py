"""Duties of a market that reads one language: they are looked for on pages in that language, and others owe nothing."""

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item
from auditor.rules.regimes.said import said


def said_in(language: str, page: LegalPage, regime: str, item: str) -> Item:
    """Whether a page says an item of a regime's lexicon; not applicable to pages in other languages than ``language``."""
    return said(page, regime, item) if is_for(language, page) else Item(state="not-applicable")


def is_for(language: str, page: LegalPage) -> bool:
    """Whether a page is in a language, or too short to tell."""
    return page.language in (language, "")
