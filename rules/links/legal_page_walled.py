from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import kinds_of, legal_pages, path_of
from auditor.model import ConsentUi, Finding, Page, Pages, Unknown, Visit
from auditor.rules.carrying import seen_by_page
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks, Target
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site

KINDS = frozenset({"privacy", "cookies", "terms", "imprint", "returns", "seller", "copyright"})
LOGIN_WORDS = 150  # a page that says more than this is not only a login
_LOCKED = frozenset({401, 407})


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "EDPB Guidelines 05/2020 para. 39", "Directive 2000/31/EC Art. 5"),
        "de": ("DDG § 5(1)",),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("Cal. Bus. & Prof. Code § 22577(b) (CalOPPA)",),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17(2)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_page_walled(site: Site) -> Iterator[Finding | Unknown]:
    """A legal page can be read only after logging in, or after answering the consent request.

    Why: The text is for visitors who have not decided anything yet: whoever must agree or register before reading what he
    agrees to is not informed. What protection against robots answers is no wall and is not told.

    Fix: Exempt the legal pages from the login, and show the consent request on them as a bar that leaves the text readable.
    """
    visits = seen_by_page(site)
    for url, target in LegalLinks.of(site).targets.items():
        if site.own(url) and (target.named or target.kinds) & KINDS:
            yield from _behind_login(site, target, visits)
    yield from _behind_request(site)


def _behind_login(site: Site, target: Target, visits: dict[str, list[Visit]]) -> Iterator[Finding | Unknown]:
    came = arrival(site, target.url)
    page = came.page
    if came.how != "end" or page is None or not target.named & KINDS:
        return
    path = path_of(target.url)
    if page.status in _LOCKED:
        yield Unknown(reason=f"{path} answers with status {page.status}, as to strangers", evidence=(page.id,))
        return
    shown = [visit for visit in visits.get(page.url, []) if 200 <= visit.status < 300]
    longest = max([page.words, *(visit.words for visit in shown)])
    named = {*kinds_of(page.title, page.url), *kinds_of(page.heading, page.url)} & target.named
    # A page that scripts write may have a login that is shown on demand.
    sure = bool(came.hops or shown) and not named and not _is_legal(site, page)
    if page.status == 200 and sure and longest <= LOGIN_WORDS and asks_for_password(page):
        yield Finding(
            message=f"The link “{target.text}” to {path} ends at {path_of(page.url)}, which asks to log in.",
            subject=path,
            evidence=(page.id, *(visit.id for visit in shown[:2])),
            pages=Pages.of([target.url]),
            quote=target.text,
            confidence="high" if came.hops else "medium",
        )


def asks_for_password(page: Page) -> bool:
    """Whether the page's main part is, or has, a login."""
    return any(form.place == "main" and any(item.kind == "password" for item in form.fields) for form in page.forms)


def _is_legal(site: Site, page: Page) -> bool:
    return any(page.url in one.urls and one.document and len(one.document.main_text) > 400 for one in legal_pages(site))


def _behind_request(site: Site) -> Iterator[Finding]:
    """Legal pages whose content a consent request hides altogether."""
    for page in legal_pages(site):
        kinds = set(page.kinds) & (KINDS - {"terms", "returns", "copyright"})
        banner = _hiding(site, page.urls) if kinds else None
        if banner is not None:
            name = next(name for kind, name in NAMES.items() if kind in kinds)
            yield Finding(
                message=f"The consent request hides the {name} at {page.path} until it is answered.",
                subject=page.path,
                evidence=(banner.id, banner.visit, *page.evidence[:1]),
                pages=Pages.of(page.urls),
                screenshot=banner.screenshot,
            )


def _hiding(site: Site, urls: tuple[str, ...]) -> ConsentUi | None:
    banners = site.banners("untouched", None)
    return next(
        (one for one in banners if one.present and one.page_hidden and site.visits[one.visit].url in urls), None
    )
