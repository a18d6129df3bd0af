from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage, legal_pages, path_of
from auditor.model import Finding, Inapplicable, Page, Pages, Unknown
from auditor.rules.language.spoken import in_words, primary, same
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.links.substance import is_home
from auditor.shelves import rule
from auditor.site import Site

_WALLS = frozenset({401, 403, 405, 407, 429, 451, 503})


@rule(
    severity="notice",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)",),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("CCPA Regulations § 7003(b)(2)",),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17(1)",),
        "qc": ("Charter of the French language s. 52",),
    },
)
def language_switch_lost(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A legal page names a version of itself in another language, and that is the home page or an error.

    Why: Whoever reads the policy in the wrong language looks for the switch, and loses the document by it.

    Fix: Let hreflang and the language switch of a legal page lead to the same document in the other language, or leave the
    language out where there is none.
    """
    pages = [page for page in legal_pages(site) if page.page.alternates]
    if not pages:
        yield Inapplicable(reason="no legal page names versions in other languages")
    linked = LegalLinks.of(site).targets
    for page in pages:
        for tag, url in sorted(page.page.alternates.items()):
            if tag.lower() == "x-default" or same(primary(tag), primary(page.page.language)) or not site.own(url):
                continue
            if url.partition("#")[0] in linked:
                continue  # told, when it is lost, as a broken link to a legal page
            came = arrival(site, url.partition("#")[0])
            if came.how == "not-crawled":
                yield Unknown(reason=f"{path_of(url)}, the version of {page.path} in {tag}, was not crawled")
            elif came.how == "end" and came.page is not None and (fault := _fault(site, came.page)):
                yield _finding(page, tag, url, came.page, fault)


def _fault(site: Site, end: Page) -> str:
    if 400 <= end.status < 500 and end.status not in _WALLS:
        return f"answers with status {end.status}"
    return "is the home page" if end.status == 200 and is_home(site, end.url) else ""


def _finding(page: LegalPage, tag: str, url: str, end: Page, fault: str) -> Finding:
    return Finding(
        message=f"The version of {page.path} in {in_words([primary(tag)])} is said to be {path_of(url)}, which {fault}.",
        subject=f"{page.path} in {tag.lower()}",
        evidence=(*page.evidence, end.id),
        pages=Pages.of(page.urls),
    )
