from __future__ import annotations

from collections.abc import Iterator

from auditor.document import read
from auditor.language import CERTAIN, language_of
from auditor.model import Finding, Inapplicable, Page, Pages, Unknown, Visit
from auditor.rules.banner.articles import INFORMED
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests
from auditor.rules.consent.evidence import tool
from auditor.shelves import rule
from auditor.site import Site

LEAST = 60  # letters and signs from which on a language can be told
LEAST_CJK = 20
UNTOLD = "in which language the consent request or the page is written could not be told"


@rule(severity="warning", needs=("visits:untouched", "consent"), articles=INFORMED)
def banner_language_wrong(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The consent request is written in another language than the page.

    Why: Who cannot read what is asked cannot agree to it: consent has to be informed, in plain language, for those whom the page speaks to.

    Fix: Give the consent tool the texts of every language of the shop, and let it follow the language of the page.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
        return
    found: dict[tuple[str, str], list[Seen]] = {}
    told = False
    for one in seen:
        pages = _page_languages(site, one[0])
        request = _request_language(one, pages[0]) if pages else ""
        told = told or (bool(request) and (len(pages) == 1 or request in pages))
        if request and len(pages) == 1 and request not in pages:
            found.setdefault((pages[0], request), []).append(one)
    for (page, request), wrong in found.items():
        yield _finding(site, page, request, wrong)
    if not told:
        yield Unknown(reason=UNTOLD, evidence=evidence(seen[:3]))


def _finding(site: Site, page: str, request: str, wrong: list[Seen]) -> Finding:
    return Finding(
        message=f"The consent request on pages in “{page}” is written in “{request}”.",
        subject=f"{request} on {page} pages",
        evidence=evidence(wrong),
        pages=Pages.of(visit.url for visit, _ in wrong),
        quote=_sample(wrong[0])[:200],
        fix=f"Add the texts in “{page}” to {tool(site)}, and let it follow the page's language.",
        screenshot=picture(wrong[0]),
    )


def _sample(one: Seen) -> str:
    """The text that tells the language: the first layer's, or the preferences' where that is too short."""
    first, second = one[1].text, one[1].second_text
    return first if len(first) >= LEAST or not second else second


def _request_language(one: Seen, page: str) -> str:
    """The language of its text, the page's unless much speaks against it; "" when too little does."""
    text = _sample(one)
    found = language_of(text, page)
    short = len(text) < LEAST and not (len(text) >= LEAST_CJK and language_of(text) in ("ko", "zh", "ja"))
    return found if found == page or not short else ""


def _page_languages(site: Site, visit: Visit) -> tuple[str, ...]:
    """The page's language; two where what it declares and what it says differ, none where nobody can tell."""
    page = site.page(visit.url)
    declared = (visit.language or (page.language if page else "")).replace("_", "-").split("-")[0].lower()
    if not declared:
        text = _main_text(site, page) if page else ""
        return (language_of(text),) if len(text) >= 2 * CERTAIN else ()
    said = f"{page.title} {page.heading} {_links(site, visit.url)}" if page else visit.title
    spoken = language_of(said, declared)
    return (declared,) if spoken == declared else (declared, spoken)


def _main_text(site: Site, page: Page) -> str:
    html = site.html(page)
    return read(html, page.url).main_text if html else ""


def _links(site: Site, url: str) -> str:
    """The texts of the page's links: a sample of its language that every page has."""
    page = site.page(url)
    links = site.links(page, ("main", "footer", "nav", "header")) if page else []
    return " ".join(link.text for link in links[:60])
