"""In which languages texts are really written, whatever they declare, and which languages a shop speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from auditor.document import Document, read
from auditor.language import language_of
from auditor.legal import LegalPage, legal_pages
from auditor.model import Page
from auditor.rules.carrying import is_for_visitors
from auditor.rules.links.substance import is_home
from auditor.site import Site
from auditor.urls import host_of

PIECE = 1500  # characters of a text that are looked at together
PIECES = 8
LEAST = 200  # letters that tell a language; half as many in Chinese, Japanese and Korean
MAX_SAMPLES = 4  # pages of a version that are read
MANY = 5  # pages that make a version of the shop, though nothing else says so
SHARE = 0.1
# Languages that are easily taken for one another are not told apart.
ALIKE = (
    frozenset({"da", "no", "nb", "nn", "sv"}),
    frozenset({"cs", "sk"}),
    frozenset({"hr", "sl", "sr", "bs"}),
    frozenset({"es", "pt", "ca", "gl"}),
    frozenset({"bg", "ru", "uk", "mk"}),
    frozenset({"et", "fi"}),
)
NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "ko": "Korean",
    "zh": "Chinese",
    "ja": "Japanese",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "sv": "Swedish",
    "da": "Danish",
    "cs": "Czech",
    "ru": "Russian",
}
_LETTER = re.compile(r"[^\W\d_]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_OLD_CODES = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "cn": "zh", "jp": "ja", "kr": "ko"}


@dataclass(slots=True)
class Version:
    """The pages of a shop that declare one language and lie in one place."""

    language: str = ""  # in which they are written; "" when that is not certain
    pages: int = 0
    samples: list[Page] = field(default_factory=list)  # with kept text
    home: bool = False
    named: bool = False  # as another language's version, by hreflang

    @property
    def offered(self) -> bool:
        """Whether it is more than a page or two that happen to be in another language."""
        return bool(self.language) and (self.home or self.named or self.pages >= MANY)


_versions: WeakKeyDictionary[Site, dict[tuple[str, str], Version]] = WeakKeyDictionary()


def primary(tag: str) -> str:
    """The language of a BCP 47 tag."""
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    return _OLD_CODES.get(code, code)


def in_words(languages: Iterable[str]) -> str:
    """Languages in words."""
    return " and ".join(sorted(NAMES.get(code, code) for code in languages))


def same(one: str, other: str) -> bool:
    """Whether two languages are one, or can be taken for one another."""
    return one == other or any(one in group and other in group for group in ALIKE)


@lru_cache(maxsize=512)
def languages_in(text: str) -> frozenset[str]:
    """The languages of the pieces of a text; those of very short texts are not told."""
    step = max(len(text) // PIECES, PIECE)
    pieces = [text[start : start + PIECE] for start in range(0, max(len(text), 1), step)]
    return frozenset(language_of(piece) for piece in pieces if _is_enough(piece)) - {""}


def _is_enough(text: str) -> bool:
    return len(_LETTER.findall(text)) + len(_CJK.findall(text)) >= LEAST


def written_in(document: Document | None) -> frozenset[str]:
    """The languages of a legal text; none when nobody can tell."""
    return languages_in(document.main_text) if document is not None else frozenset()


def policies(site: Site, kind: str = "privacy") -> list[LegalPage]:
    return [page for page in legal_pages(site) if kind in page.kinds]


def place_of(page: Page) -> tuple[str, str]:
    """What a version of the shop is known by: the declared language, and the host with the locale in the address."""
    first = urlsplit(page.url).path.lstrip("/").partition("/")[0]
    locale = first.lower() if _LOCALE.fullmatch(first) else ""
    return primary(page.language), f"{host_of(page.url)}/{locale}"


def versions(site: Site) -> dict[tuple[str, str], Version]:
    """The versions of the shop, each with the language in which its pages are certainly written."""
    if site not in _versions:
        _versions[site] = _look(site)
    return _versions[site]


def _look(site: Site) -> dict[tuple[str, str], Version]:
    legal = {url for page in legal_pages(site) for url in page.urls}
    found: dict[tuple[str, str], Version] = defaultdict(Version)
    named: set[str] = set()
    for page in site.pages():
        named.update(primary(tag) for tag in page.alternates)
        if page.url in legal or not is_for_visitors(page):
            continue
        version = found[place_of(page)]
        version.pages += 1
        version.home = version.home or is_home(site, page.url)
        if page.html and len(version.samples) < MAX_SAMPLES:
            version.samples.append(page)
    for version in found.values():
        version.language = _language_of(site, version.samples)
        version.named = version.language in named
    return dict(found)


def _language_of(site: Site, samples: Iterable[Page]) -> str:
    told: set[str] = set()
    for page in samples:
        told |= languages_in(read(site.html(page) or "", page.url).text)
    return told.pop() if len(told) == 1 else ""


def offered(site: Site) -> dict[str, list[Page]]:
    """The languages in which the shop certainly speaks to its visitors, with some pages of each."""
    every = versions(site).values()
    total = sum(version.pages for version in every)
    found: dict[str, list[Page]] = defaultdict(list)
    for version in every:
        if version.offered and (version.home or version.named or version.pages >= SHARE * total):
            found[version.language] += version.samples
    return dict(found)
