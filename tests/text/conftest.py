"""Pages as rules get them, without a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import shelves
from auditor.document import read
from auditor.language import language_of
from auditor.legal import LegalPage
from auditor.model import Page

PAGES = Path(__file__).parent / "pages"
SLOTS = (
    "contact-missing",
    "name-missing",
    "template-mark-unfilled",
    "placeholder-unfilled",
    "dummy-text",
    "dummy-contact",
    "link-target-empty",
)


def _legal_page(html: str, url: str = "https://www.fernhill-supply.shop/privacy", rendered: bool = False) -> LegalPage:
    document = read(html, url)
    return LegalPage(
        page=Page(id="page:1", url=url),
        kinds=("privacy",),
        language=language_of(document.main_text, document.language),
        document=document,
        rendered=rendered,
        evidence=("page:1",),
    )


def _gaps(page: LegalPage) -> list[tuple[str, str, bool]]:
    """Rule, quote and whether it is certain, of every slot without its value on a page."""
    return [told for told in _told(page) if told[0] in SLOTS]


def _told(page: LegalPage, kind: str = "privacy") -> list[tuple[str, str, bool]]:
    """Rule, quote and whether it is certain, of every place that any text rule tells on a page of a kind."""
    text = page.document.text
    return [
        (rule.id, text[place.start : place.end], not place.unsure)
        for rule in shelves.rules().values()
        if rule.look and (not rule.kinds or kind in rule.kinds)
        for place in rule.look(page)
    ]


@pytest.fixture
def legal_page() -> Callable[..., LegalPage]:
    return _legal_page


@pytest.fixture
def gaps() -> Callable[[LegalPage], list[tuple[str, str, bool]]]:
    return _gaps


@pytest.fixture
def told() -> Callable[..., list[tuple[str, str, bool]]]:
    return _told
