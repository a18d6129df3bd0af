from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import read
from auditor.legal import legal_pages
from auditor.model import Finding, Inapplicable, LinkBlock, Page, Pages, Unknown
from auditor.rules.carrying import EVERYWHERE, seen_by_page
from auditor.rules.links.commerce import sells
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import host_of

SHELL_WORDS = 10  # a page that says no more than this is made by scripts
_KOREAN_NUMBER = re.compile(r"\b\d{3}-?\d{2}-?\d{5}\b|통신판매업|사업자\s*등록\s*번호")
LEAST_LETTERS = 10  # of a script that tell the language of a screen
_LANGUAGES = {"jp": ("ja", re.compile(r"[\u3041-\u30ff]")), "kr": ("ko", re.compile(r"[\uac00-\ud7af]"))}
_JAPANESE_LAW = re.compile(r"特定商取引|特商法")


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "kr": ("E-Commerce Act Art. 10(1)", "E-Commerce Act Enforcement Rule Art. 7"),
        "jp": ("Act on Specified Commercial Transactions Art. 11",),
    },
)
def seller_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The shop does not say who sells, in the way that the law of the country wants it.

    Why: In Japan every shop has a page named 特定商取引法に基づく表記 with name, address, telephone and the conditions of the sale.
    In Korea the first screen shows the seller with its registration numbers and links to the register of the Fair Trade
    Commission (사업자정보확인). Buyers look for these, and authorities look for them first.

    Fix: Publish the page and link it in the footer of every template; in Korea, put the registration numbers into the footer of
    the first screen with a link to the Fair Trade Commission's page.
    """
    wanted = {"jp": _japanese, "kr": _korean}
    if not sells(site):
        yield Inapplicable(reason="no cart and no checkout was seen: the shop may not sell on this site")
        return
    looks = [look for profile, look in wanted.items() if profile in site.profiles and _speaks(site, profile)]
    if not looks:
        yield Inapplicable(reason="the shop's first screen is not in the country's language")
    for look in looks:
        yield from look(site)


def _speaks(site: Site, profile: str) -> bool:
    """Whether the shop addresses buyers in the country's language; others may not sell there."""
    home = site.resolve(site.url)
    if home is None:
        return False
    code, script = _LANGUAGES[profile]
    shown = " ".join([home.title, home.heading, site.html(home) or "", *(link.text for link in site.links(home))])
    return home.language.lower().startswith(code) or len(script.findall(shown)) >= LEAST_LETTERS


def _japanese(site: Site) -> Iterator[Finding | Unknown]:
    texts = [page.document.text if page.document else None for page in legal_pages(site)]
    if LegalLinks.of(site).anywhere("seller") or any(text and _JAPANESE_LAW.search(text) for text in texts):
        return
    links = (link for block in site.run.fetch(LinkBlock) for link in block.links)
    if any(_JAPANESE_LAW.search(link.text) for link in links):
        return
    yield from _told(
        site, "No page or link of the shop is the one that the Act on Specified Commercial Transactions wants."
    )


def _korean(site: Site) -> Iterator[Finding | Unknown]:
    home = site.resolve(site.url)
    if home is None:
        return
    html = site.html(home)
    visits = seen_by_page(site).get(home.url, [])
    links = [*site.links(home), *(link for visit in visits for link in visit.links)]
    if LegalLinks.of(site).on_page(home, "seller") or any(host_of(link.url).endswith("ftc.go.kr") for link in links):
        return
    if any(LegalLinks.of(site).on_visit(visit, "seller") for visit in visits):
        return
    if html is not None and _KOREAN_NUMBER.search(read(html, home.url).text):
        return
    if html is None or home.words <= SHELL_WORDS:
        yield Unknown(reason="the first screen's text was not kept, or is written by scripts", evidence=(home.id,))
        return
    yield from _told(
        site, "The first screen has neither the seller's registration number nor a link to the seller's registration."
    )


def _told(site: Site, message: str) -> Iterator[Finding | Unknown]:
    first: Page | None = site.resolve(site.url) or next(site.pages(), None)
    if first is None:
        return
    if first.words <= SHELL_WORDS and not seen_by_page(site).get(first.url):
        yield Unknown(reason="scripts write the first screen, and it was not visited", evidence=(first.id,))
        return
    yield Finding(
        message=message, subject=EVERYWHERE, evidence=(first.id,), pages=Pages.of([first.url]), confidence="medium"
    )
