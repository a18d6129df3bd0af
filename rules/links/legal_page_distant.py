from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.legal import LegalPage, legal_pages
from auditor.model import Finding, Inapplicable, Link, LinkBlock, Page, Pages, Unknown
from auditor.rules.carrying import seen_by_page
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site

KINDS = ("privacy", "imprint", "terms")
SHELL_LINKS = 3  # a first page with fewer links to the shop is made by scripts, or a gate
MAX_PAGES = 3000  # pages one click away that are looked at


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "WP 260 rev.01 para. 11"),
        "de": ("DDG § 5(1)", "BGH I ZR 228/03"),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("Cal. Bus. & Prof. Code § 22577(b) (CalOPPA)",),
        "kr": ("PIPA Enforcement Decree Art. 31(2)",),
        "cn": ("PIPL Art. 17(2)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_page_distant(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A legal page is more than two clicks away from the first page.

    Why: Visitors must find privacy policy, imprint and terms without searching; authorities and courts count two clicks as
    easily accessible, and no more.

    Fix: Link the page in the footer of every template.
    """
    home = site.resolve(site.url)
    groups: dict[str, list[LegalPage]] = defaultdict(list)
    for page in legal_pages(site):
        for kind in set(page.kinds).intersection(KINDS):
            groups[kind].append(page)
    if home is None or not groups:
        yield Inapplicable(reason="no legal page was found" if home else "the first page was not read")
        return
    near = _near(site, home)
    if near is None:
        yield Unknown(reason="the first page has hardly any links: scripts may add them", evidence=(home.id,))
        return
    for kind in KINDS:
        pages = groups.get(kind, [])
        if pages and not any(url in near for page in pages for url in page.urls) and not _may_be_near(site, home, kind):
            yield _finding(kind, pages, home)


def _near(site: Site, home: Page) -> set[str] | None:
    """The addresses at most two clicks away, redirects followed; None when the first page cannot be judged."""
    visits = seen_by_page(site)
    first = _targets(site, [*site.links(home), *(link for visit in visits.get(home.url, []) for link in visit.links)])
    if len(first) < SHELL_LINKS:
        return None
    rows: set[int] = set(home.blocks)
    near = {home.url, *first}
    rendered: list[Link] = []
    for url in sorted(first)[:MAX_PAGES]:
        page = site.page(url)
        rows.update(page.blocks if page else ())
        rendered += [link for visit in visits.get(url, []) for link in visit.links]
    blocks = (site.run.get(f"link_block:{row}") for row in sorted(rows))
    links = [
        link for block in blocks if isinstance(block, LinkBlock) and block.place != "banner" for link in block.links
    ]
    return near | _targets(site, [*links, *rendered])


def _targets(site: Site, links: Iterable[Link]) -> set[str]:
    """The pages of the shop that links lead to."""
    addresses = {link.url.partition("#")[0] for link in links if link.url and link.place != "banner"}
    resolved = (site.resolve(url) for url in addresses if site.own(url))
    return {page.url for page in resolved if page is not None}


def _may_be_near(site: Site, home: Page, kind: str) -> bool:
    """Whether the first page links a document of the kind that is not among the pages: elsewhere, as a PDF, at an anchor."""
    visits = seen_by_page(site).get(home.url, [])
    links = LegalLinks.of(site)
    return links.on_page(home, kind) or any(links.on_visit(visit, kind) for visit in visits)


def _finding(kind: str, pages: list[LegalPage], home: Page) -> Finding:
    first = min(pages, key=lambda page: (page.page.depth, page.path))
    return Finding(
        message=f"The {NAMES[kind]} {first.path} is more than two clicks away from the first page.",
        subject=first.path,
        evidence=(home.id, *first.evidence),
        pages=Pages.of(first.urls),
        confidence="medium",
    )
