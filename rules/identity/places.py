"""Where a shop says who operates it: its legal pages and its home page, read once a run and shared by the rules of this family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from auditor import identity
from auditor.document import Document, read
from auditor.identity import CJK, Fact
from auditor.language import language_of
from auditor.legal import LegalPage, legal_pages, path_of
from auditor.model import Finding, Page, Pages, Unknown
from auditor.passages import CONTEXT, unreadable
from auditor.site import Site

HOME_TEXT = 40  # words below which a home page is written by scripts
OWN_KINDS = frozenset(
    {"imprint", "seller", "contact"}
)  # pages about the operator: what they do not call another's is its own
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b")
USUAL = {"ko": ("ko", "kr", "ko-kr"), "zh": ("zh", "cn", "zh-cn"), "pt": ("pt", "br", "pt-br")}  # parts of addresses
HANGUL = re.compile(r"[가-힣]")
_KNOWN: WeakKeyDictionary[Site, list[Place]] = WeakKeyDictionary()


class Place:
    """A page that can be read, with the facts on it."""

    def __init__(self, page: Page, document: Document, kinds: tuple[str, ...], language: str, evidence: tuple[str, ...], urls: tuple[str, ...]) -> None:  # fmt: skip
        self.page = page
        self.document = document
        self.kinds = kinds  # of model.LEGAL_KINDS; () for the home page
        self.language = language
        self.evidence = evidence
        self.urls = urls

    @property
    def pages(self) -> Pages:
        return Pages.of(self.urls)

    @property
    def path(self) -> str:
        return path_of(self.page.url)

    @cached_property
    def names(self) -> list[Fact]:
        return identity.names(self.document)

    @cached_property
    def numbers(self) -> list[Fact]:
        return identity.numbers(self.document)

    @cached_property
    def addresses(self) -> list[Fact]:
        return identity.addresses(self.document)

    @cached_property
    def postcodes(self) -> bool:
        """Whether the page has a British postcode."""
        return POSTCODE.search(self.document.text) is not None

    def own(self, facts: list[Fact]) -> list[Fact]:
        """Those that are the operator's: called so, or on a page about the operator and nobody else's."""
        about = not self.kinds or not OWN_KINDS.isdisjoint(self.kinds)
        return [fact for fact in facts if fact.whose == "operator" or (about and not fact.whose)]

    def of(self, fact: Fact) -> str:
        """A fact as written, on one line."""
        return " ".join(self.document.text[fact.start : fact.end].split())

    def finding(self, fact: Fact, message: str, subject: str, **fields: object) -> Finding:
        """A finding that quotes a fact with what stands around it."""
        text = self.document.text
        known = {"evidence": self.evidence, "pages": self.pages, **fields}
        return Finding(
            message=message,
            subject=subject,
            quote=self.of(fact),
            before=" ".join(text[max(fact.start - CONTEXT, 0) : fact.start].split()),
            after=" ".join(text[fact.end : fact.end + CONTEXT].split()),
            place=self.document.block_at(fact.start).path,
            **known,  # type: ignore[arg-type]
        )


def places(site: Site) -> list[Place]:
    """The home page first, then the legal pages that can be read."""
    if site not in _KNOWN:
        home = home_of(site)
        _KNOWN[site] = [*([home] if home else []), *map(_legal, filter(_readable, legal_pages(site)))]
    return _KNOWN[site]


def _readable(page: LegalPage) -> bool:
    return page.document is not None and not unreadable(page, ())


def _legal(page: LegalPage) -> Place:
    assert page.document is not None
    return Place(page.page, page.document, page.kinds, page.language, page.evidence, page.urls)


def home_of(site: Site, language: str = "") -> Place | None:
    """The home page as the server sent it, in a language (ISO 639-1) where the shop has one in it.

    None when it was not kept or scripts write it.
    """
    page = site.resolve(site.url)
    if page is not None and language and not page.language.lower().startswith(language):
        page = _in_language(site, page, language) or page
    html = site.html(page) if page else None
    if page is None or html is None:
        return None
    document = read(html, page.url)
    if len(document.text.split()) + len(CJK.findall(document.text)) // 2 < HOME_TEXT:
        return None
    return Place(page, document, (), language_of(document.text, page.language), (page.id,), (page.url,))


def _in_language(site: Site, home: Page, language: str) -> Page | None:
    """The home page's twin in a language, as it says itself, or under the usual address."""
    said = [url for code, url in home.alternates.items() if code.lower().startswith(language)]
    usual = [urljoin(site.url, f"/{part}/") for part in USUAL.get(language, (language,))]
    return next((page for url in (*said, *usual) if (page := site.resolve(url)) and page.status == 200), None)


def writes(place: Place, language: str) -> bool:
    """Whether a page is in a language, mostly or enough to be read by its speakers (shops like English in menus)."""
    declared = place.page.language.lower().startswith(language)
    return (
        place.language == language or declared or (language == "ko" and len(HANGUL.findall(place.document.text)) >= 20)
    )


def unread(site: Site) -> Iterator[Unknown]:
    """The legal pages that nobody could read."""
    for page in legal_pages(site):
        if not _readable(page):
            reason = unreadable(page, ())
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
