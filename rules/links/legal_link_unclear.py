from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from urllib.parse import urljoin

from auditor.document import OBJECT, Document, Span
from auditor.legal import LegalPage, kinds_of, legal_pages
from auditor.legal_names import fold
from auditor.model import Finding, Inapplicable, Link, LinkBlock, Pages, Unknown
from auditor.rules.carrying import is_for_visitors
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import normalised

KINDS = ("privacy", "imprint", "terms", "returns")


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "WP 260 rev.01 para. 11", "EN 301 549 no. 9.2.4.4 (WCAG 2.4.4)"),
        "de": ("DDG § 5(1)",),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("Cal. Bus. & Prof. Code § 22577(b) (CalOPPA)",),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17(1)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_link_unclear(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The links to a legal page do not say what it is.

    Why: Nobody looks for the privacy policy behind “more” or behind a picture without a name; screen readers read such links
    out without the text around them.

    Fix: Name the link after the document, in the language of the page; give pictures that are links an alternative text.
    """
    pages = [page for page in legal_pages(site) if set(page.kinds).intersection(KINDS)]
    if not pages:
        yield Inapplicable(reason="no legal page was found")
        return
    texts = _texts(site, pages)
    for page in pages:
        shown_as = _rendered(pages, page)
        called = texts.get(page.page.url, set()) | shown_as
        if not called or any(kinds_of(text) or not _is_vague(text) for text in called):
            continue
        kind = next(kind for kind in KINDS if kind in page.kinds)
        if called == {""} and not shown_as:
            reason = f"the links to {page.path} have no text in the HTML; scripts or styles may add a name"
            yield Unknown(reason=reason, evidence=page.evidence)
            continue
        shown = ", ".join(f"“{text}”" for text in sorted(called) if text) or "nothing that can be read"
        yield Finding(
            message=f"The links to the {NAMES[kind]} {page.path} are called {shown}.",
            subject=page.path,
            evidence=(*page.evidence, *_linking(site, page)),
            pages=Pages.of(page.urls),
            quote=min(called),
            confidence="medium",
        )


def _texts(site: Site, pages: Iterable[LegalPage]) -> Mapping[str, set[str]]:
    """What the links to each page are called, by the page's address; the consent banner's left out."""
    wanted = {url: page.page.url for page in pages for url in page.urls}
    targets: dict[str, str] = {}
    for address in LegalLinks.of(site).addresses:
        target = site.resolve(address)
        if target is not None and target.url in wanted:
            targets[normalised(address)] = wanted[target.url]
    found: dict[str, set[str]] = defaultdict(set)
    visited = (link for visit in site.visits.values() for link in visit.links)
    for link in chain(_all_links(site), visited):
        if link.place != "banner" and (url := targets.get(normalised(link.url))):
            found[url].add(fold(link.text))
    return found


def _rendered(pages: Iterable[LegalPage], target: LegalPage) -> set[str]:
    """What the links to a page are called in a browser, as far as rendered legal pages have such links."""
    wanted = set(map(normalised, target.urls))
    found: set[str] = set()
    for page in pages:
        if page.rendered and page.document is not None:
            document = page.document
            for span in document.spans:
                if span.kind == "link" and span.target and normalised(urljoin(page.page.url, span.target)) in wanted:
                    found.add(fold(_name_of(document, span)))
    return found


def _name_of(document: Document, span: Span) -> str:
    """The text of a link, else the name of the picture in it, else its own name."""
    text = " ".join(document.text[span.start : span.end].replace(OBJECT, " ").split())
    pictures = " ".join(one.text for one in document.spans_in(span.start, span.end, "image"))
    return text or pictures.strip() or str(span.attributes.get("aria-label") or span.attributes.get("title") or "")


def _all_links(site: Site) -> Iterator[Link]:
    return (link for block in site.run.fetch(LinkBlock) if block.place != "banner" for link in block.links)


def _linking(site: Site, page: LegalPage) -> tuple[str, ...]:
    for other in site.pages():
        if is_for_visitors(other) and any(link.url in page.urls for link in site.links(other)):
            return (other.id,)
    return ()


def _is_vague(text: str) -> bool:
    return text.strip(" .,:;!…>»→[]()") in _vague()


@cache
def _vague() -> frozenset[str]:
    text = files("auditor.rules.links").joinpath("legal_link_unclear.toml").read_text(encoding="utf-8")
    return frozenset({""} | {fold(word) for words in tomllib.loads(text).values() for word in words})
