"""Which of the crawled pages are legal pages, of which kinds, in which language, and what they say.

A page counts when the links to it, its title, its heading or its address call it a legal page, and its content does not
contradict: a category of cookies to eat is no cookie policy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from urllib.parse import parse_qsl, urlencode, urlsplit
from weakref import WeakKeyDictionary

from auditor.document import Block, Document, read
from auditor.language import language_of
from auditor.legal_names import content_words, kinds_of, may_hold_several
from auditor.model import LEGAL_KINDS, LinkBlock, Page, Visit, record
from auditor.site import Site

__all__ = ["LegalPage", "kinds_of", "legal_pages", "path_of"]

MAX_PAGES = 150  # legal pages that are read; a shop with more has versions of one
MENTIONS = 3  # links in the main part of pages that make a document as well as one link in a footer
SECTION = 400  # characters below a heading that make it a document of its own on a shared page
SHORT_SECTION = {"imprint": 60}  # what a few lines make complete
JUDGED = 60  # words from which on a page's content may contradict its name
LINKED_ONLY = 4  # words of its kind that a page must hold when nothing but links names it
PRICES = 8  # prices that make a page a list of goods
PRICE = re.compile(r"(?:[$€£¥₩]|USD|EUR)\s?\d|\d[\d.,]*\s?(?:[€£₩円元원]|zł|kr\b)")


@record
class LegalPage:
    """A legal page. ``document`` is None when its text was not kept, and then ``reason`` says so: judge it unknown."""

    page: Page
    kinds: tuple[str, ...]  # of model.LEGAL_KINDS, in that order
    language: str = ""  # ISO 639-1, detected; "" when the text is too short to tell or was not kept
    document: Document | None = None
    rendered: bool = False  # the document is what a browser showed, not what the server sent
    evidence: tuple[str, ...]
    twins: tuple[str, ...] = ()  # other addresses with the very same text
    reason: str = ""

    @property
    def path(self) -> str:
        """The page's address without host: what findings on it are called by."""
        return path_of(self.page.url)

    @property
    def urls(self) -> tuple[str, ...]:
        return (self.page.url, *self.twins)


def path_of(url: str) -> str:
    """Path and sorted query of an address, without a slash at the end; "/" for the home page."""
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return (parts.path.rstrip("/") or "/") + (f"?{query}" if query else "")


_found: WeakKeyDictionary[Site, list[LegalPage]] = WeakKeyDictionary()


def legal_pages(site: Site) -> list[LegalPage]:
    """The shop's legal pages, sorted by address; computed once a site."""
    if site not in _found:
        _found[site] = _look(site)
    return _found[site]


def _look(site: Site) -> list[LegalPage]:
    announced = _announced(site)
    rendered = _rendered(site)
    home, candidates = site.url.partition("#")[0], []
    for page in site.pages():
        links = announced.get(page.url, frozenset())
        kinds = _kinds_by_name(page, links)
        if (kinds or _may_hold_several(page)) and page.url != home and path_of(page.url) != "/":
            candidates.append((len(links) == 0, page.depth, page.url, page, kinds))
    candidates.sort(key=lambda candidate: candidate[:3])
    found = [_read(site, page, kinds, rendered.get(page.url)) for *_, page, kinds in candidates[:MAX_PAGES]]
    return _without_twins(sorted((one for one in found if one is not None), key=lambda one: one.page.url))


def _may_hold_several(page: Page) -> bool:
    """Whether a page without a document's name may hold several; its sections must say which, and its text must be kept."""
    return bool(page.html) and (may_hold_several(page.heading) or may_hold_several(page.title))


def _rendered(site: Site) -> Mapping[str, Visit]:
    """By address, the first visit that kept what the browser showed; one that was sent elsewhere shows that other page."""
    found: dict[str, Visit] = {}
    for visit in site.visits.values():
        if visit.html and visit.outcome == "ok":
            found.setdefault(visit.final_url.partition("#")[0] or visit.url, visit)
    return found


def _announced(site: Site) -> Mapping[str, frozenset[str]]:
    """What the links say of the pages they lead to, by address; links in running text need to agree in number."""
    mentions: dict[str, Counter[str]] = defaultdict(Counter)
    for block in site.run.fetch(LinkBlock):
        for link in block.links:
            for kind in kinds_of(link.text, link.url) if link.url and not link.href.startswith("#") else ():
                mentions[link.url.partition("#")[0]][kind] += 1 if block.place == "main" else MENTIONS
    resolved: dict[str, Counter[str]] = defaultdict(Counter)
    for url, kinds in mentions.items():
        page = site.resolve(url)
        resolved[page.url if page else url].update(kinds)
    return {
        url: frozenset(kind for kind, count in kinds.items() if count >= MENTIONS) for url, kinds in resolved.items()
    }


def _kinds_by_name(page: Page, links: frozenset[str]) -> frozenset[str]:
    """What a page calls itself; the links' words only when they do not contradict."""
    own = _own_kinds(page)
    told = links | frozenset(page.legal)
    if not own:
        return told
    return own | told if own & told else own


def _own_kinds(page: Page) -> frozenset[str]:
    return frozenset(kinds_of(page.heading, page.url)) | frozenset(kinds_of(page.title, page.url))


def _read(site: Site, page: Page, kinds: frozenset[str], visit: Visit | None) -> LegalPage | None:
    html = site.blob_text(visit.html) if visit is not None else site.html(page)
    evidence = (page.id, visit.id) if visit is not None else (page.id,)
    if html is None:
        reason = "the page's text was not kept"
        return LegalPage(page=page, kinds=_ordered(kinds), evidence=evidence, reason=reason)
    document = read(html, page.url)
    text = document.main_text
    if not kinds:
        kinds = _kinds_by_sections(document)
        if not kinds:
            return None
    # What scripts write has its title and heading in the rendered page alone.
    rendered = frozenset(kinds_of(visit.title, page.url)) if visit is not None else frozenset()
    own = kinds & (_own_kinds(page) | rendered)
    if _contradicts(text, kinds, hits=1 if own else LINKED_ONLY):
        return None
    return LegalPage(
        page=page,
        kinds=_ordered(kinds | _kinds_by_sections(document)),
        language=language_of(text, (visit.language if visit else "") or document.language or page.language),
        document=document,
        rendered=visit is not None,
        evidence=evidence,
    )


def _ordered(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(kind for kind in LEGAL_KINDS if kind in kinds)


def _contradicts(text: str, kinds: frozenset[str], hits: int) -> bool:
    """Whether a page of some length has fewer than ``hits`` of the words that such documents cannot do without, or lists prices."""
    words = len(text.split()) + len(re.findall("[\u3040-\u30ff\u3400-\u9fff]", text)) // 2
    if words < JUDGED:
        return False
    lowered = text.lower()
    found = sum(lowered.count(word) for word in content_words(kinds))
    return found < hits or (len(PRICE.findall(text)) >= PRICES and found < LINKED_ONLY)


def _kinds_by_sections(document: Document) -> frozenset[str]:
    """Documents that share the page: headings of the two upper levels that name one and have text below them."""
    headings = [
        block for block in document.blocks if block.part != "frame" and block.kind == "heading" and block.level <= 2
    ]
    found: set[str] = set()
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.start if following else _end_of_text(document.blocks)
        size = end - heading.end
        found.update(kind for kind in kinds_of(document.of(heading)) if size >= SHORT_SECTION.get(kind, SECTION))
    return frozenset(found - {"contact", "returns", "seller"})


def _end_of_text(blocks: tuple[Block, ...]) -> int:
    return max((block.end for block in blocks if block.part != "frame"), default=0)


def _without_twins(pages: list[LegalPage]) -> list[LegalPage]:
    """One page a text: the others' addresses become its twins."""
    groups: dict[object, list[LegalPage]] = defaultdict(list)
    for one in pages:
        groups[one.document.main_text if one.document and one.document.main_text else one.page.url].append(one)
    return [_joined(sorted(group, key=lambda one: (len(one.page.url), one.page.url))) for group in groups.values()]


def _joined(group: list[LegalPage]) -> LegalPage:
    first = group[0]
    if len(group) == 1:
        return first
    return LegalPage(
        page=first.page,
        kinds=_ordered({kind for one in group for kind in one.kinds}),
        language=first.language,
        document=first.document,
        rendered=first.rendered,
        evidence=tuple(dict.fromkeys(record for one in group for record in one.evidence)),
        twins=tuple(one.page.url for one in group[1:]),
    )
