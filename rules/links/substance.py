"""How much a legal page says, and whether it says that it is not there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from auditor.document import Block, Document, read
from auditor.legal import LegalPage, legal_pages
from auditor.model import Form, Page, Visit, record
from auditor.rules.links.legal_links import may_host_documents
from auditor.site import Site
from auditor.urls import normalised

# Fewer words are no document of the kind: what the law wants said does not fit.
LEAST_WORDS: Mapping[str, int] = {
    "privacy": 40,
    "cookies": 25,
    "terms": 40,
    "copyright": 20,
    "imprint": 8,
    "returns": 15,
    "contact": 5,
    "do-not-sell": 8,
    "seller": 8,
}
NAMES: Mapping[str, str] = {
    "privacy": "privacy policy",
    "cookies": "cookie policy",
    "terms": "page of terms",
    "copyright": "page about copyright",
    "imprint": "imprint",
    "returns": "page about returns",
    "contact": "contact page",
    "do-not-sell": "opt-out page",
    "seller": "page about the seller",
}
PROSE = frozenset({"privacy", "cookies", "terms", "copyright", "returns"})  # what cannot be a list of short lines
FORM_SUFFICES = frozenset({"contact", "returns", "do-not-sell"})
SOFT_404_WORDS = 150  # a page that says more than this is a document, whatever its title
SENTENCE = 12  # words that make a line a sentence and not an entry of a menu
MAX_OTHERS = 12
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|\+?\d[\d ()/.-]{6,}\d")
_LOCALE = re.compile(r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:index|home|default)(?:\.\w{2,5})?)?/?", re.IGNORECASE)


def count_words(text: str) -> int:
    """Words of a text; two Chinese, Japanese or Korean characters count as one word."""
    return len(_CJK.findall(text)) // 2 + len(_CJK.sub(" ", text).split())


@record
class Seen:
    """A legal page as visitors get it."""

    page: Page
    visits: tuple[Visit, ...]
    legal: LegalPage | None  # None when its content contradicts its name

    @property
    def document(self) -> Document | None:
        return self.legal.document if self.legal else None

    @property
    def evidence(self) -> tuple[str, ...]:
        return (self.page.id, *(visit.id for visit in self.visits[:3]))

    @property
    def words(self) -> int:
        """What stands on the page besides its frame, by the most generous count."""
        read = count_words(self.document.main_text) if self.document else 0
        return max([self.page.words, read, *(visit.words for visit in self.visits)])

    @property
    def titles(self) -> list[str]:
        """Title and heading, as rendered where the page was visited."""
        shown = [visit.title for visit in self.visits] or [self.page.title]
        headings = _headings(self.document) if self.document else [self.page.heading]
        return [text for text in (*headings, *shown) if text]


def _headings(document: Document) -> list[str]:
    return [document.of(block) for block in document.blocks if block.kind == "heading" and block.level == 1][:1]


def says_not_found(seen: Seen) -> str:
    """The title or heading by which a short page says that it is not there; "" when none does."""
    if seen.words > SOFT_404_WORDS:
        return ""
    return next((text for text in seen.titles if any(phrase in text.lower() for phrase in _not_found())), "")


@cache
def _not_found() -> tuple[str, ...]:
    text = files("auditor.rules.links").joinpath("not_found.toml").read_text(encoding="utf-8")
    return tuple(phrase for phrases in tomllib.loads(text).values() for phrase in phrases)


def is_home(site: Site, url: str) -> bool:
    """Whether an address is the shop's start page, or that of one of its languages."""
    if normalised(url) == normalised(site.url):
        return True
    parts = urlsplit(url)
    return not parts.query and _LOCALE.fullmatch(parts.path) is not None


def suffices(seen: Seen, kinds: Iterable[str]) -> bool:
    """Whether something else stands for the missing words: a form, or where somebody can be reached."""
    if not set(kinds) & (FORM_SUFFICES | {"imprint", "seller"}):
        return False
    text = seen.document.main_text if seen.document else ""
    asked = bool(set(kinds) & FORM_SUFFICES) and any(map(_asks_something, seen.page.forms))
    return asked or bool(_CONTACT.search(text))


def _asks_something(form: Form) -> bool:
    return form.place == "main" and any(
        f.kind in ("email", "textarea", "tel", "checkbox", "radio") for f in form.fields
    )


def own_words(site: Site, seen: Seen) -> int | None:
    """The words of a page without the short lines that it shares with others: menus, lists of articles and goods.

    None when there is nothing to compare, or the kept text is not all that a visitor sees. Sentences count even if they stand elsewhere, too: some shops show their policy in
    a box on every page.
    """
    others = _other_documents(site, seen)
    if seen.document is None or not others or 2 * count_words(seen.document.main_text) < seen.words:
        return None
    shared = {line for other in others for line in _lines(other)}
    return sum(n for line in _lines(seen.document) if (n := count_words(line)) >= SENTENCE or line not in shared)


def own_pictures(site: Site, seen: Seen) -> bool:
    """Whether the page has pictures in its text that no other page has: they may hold the document."""
    if seen.document is None:
        return False
    known = {picture for other in _other_documents(site, seen) for picture in _pictures(other)}
    return bool(_pictures(seen.document) - known)


def embedded_host(site: Site, seen: Seen) -> str:
    """The host of an embedded page that may hold the document; "" when there is none."""
    return next((host for host in seen.page.frame_hosts if may_host_documents(host)), "")


def _other_documents(site: Site, seen: Seen) -> list[Document]:
    others = [one for one in legal_pages(site) if one.document and seen.page.url not in one.urls]
    home = _home_document(site) if not is_home(site, seen.page.url) else None
    return [*([home] if home else []), *(one.document for one in others[:MAX_OTHERS] if one.document)]


@lru_cache(maxsize=2)
def _home_document(site: Site) -> Document | None:
    page = site.resolve(site.url)
    html = site.html(page) if page else None
    return read(html, page.url) if page and html else None


def _blocks(document: Document) -> Iterable[Block]:
    return (block for block in document.blocks if block.part != "frame" and block.end > block.start)


def _lines(document: Document) -> list[str]:
    return [document.of(block) for block in _blocks(document)]


def _pictures(document: Document) -> set[str]:
    spans = (span for block in _blocks(document) for span in document.spans_in(block.start, block.end, "image"))
    return {span.target for span in spans if span.target}
