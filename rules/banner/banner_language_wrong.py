from __future__ import annotations

from collections.abc import Iterator

from auditor.language import language_of
from auditor.model import Finding, Inapplicable, Pages
from auditor.rules.banner.articles import INFORMED
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests
from auditor.rules.consent.evidence import tool
from auditor.shelves import rule
from auditor.site import Site

LEAST = 60  # letters and signs from which on a language can be told
LEAST_CJK = 20


@rule(severity="warning", needs=("visits:untouched", "consent"), articles=INFORMED)
def banner_language_wrong(site: Site) -> Iterator[Finding | Inapplicable]:
    """The consent request is written in another language than the page.

    Why: Who cannot read what is asked cannot agree to it: consent has to be informed, in plain language, for those whom the page speaks to.

    Fix: Give the consent tool the texts of every language of the shop, and let it follow the language of the page.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
    found: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        page, request = _page_language(site, one), _request_language(one)
        if page and request and page != request:
            found.setdefault((page, request), []).append(one)
    for (page, request), wrong in found.items():
        yield Finding(
            message=f"The consent request on pages in “{page}” is written in “{request}”.",
            subject=f"{request} on {page} pages",
            evidence=evidence(wrong),
            pages=Pages.of(visit.url for visit, _ in wrong),
            quote=wrong[0][1].text[:200],
            fix=f"Add the texts in “{page}” to {tool(site)}, and let it follow the page's language.",
            screenshot=picture(wrong[0]),
        )


def _request_language(one: Seen) -> str:
    """The language of its text, whatever its document declares; "" when there is too little."""
    text = one[1].text
    if len(text) < LEAST and not (len(text) >= LEAST_CJK and language_of(text) in ("ko", "zh", "ja")):
        return ""
    found = language_of(text)
    return found if found == one[1].language or len(text) >= 2 * LEAST or found in ("ko", "zh", "ja") else ""


def _page_language(site: Site, one: Seen) -> str:
    """The page's language when what it declares and what it says agree; "" otherwise."""
    visit = one[0]
    page = site.page(visit.url)
    declared = (visit.language or (page.language if page else "")).replace("_", "-").split("-")[0].lower()
    said = f"{page.title} {page.heading} {_links(site, visit.url)}" if page else visit.title
    return declared if declared and language_of(said, declared) == declared else ""


def _links(site: Site, url: str) -> str:
    """The texts of the page's links: a sample of its language that every page has."""
    page = site.page(url)
    links = site.links(page, ("main", "footer", "nav", "header")) if page else []
    return " ".join(link.text for link in links[:60])
