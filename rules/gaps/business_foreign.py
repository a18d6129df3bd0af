"""The rule ``business-foreign``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage, legal_pages
from auditor.model import Finding, Inapplicable, LinkBlock, Unknown
from auditor.passages import Passage, concerns, finding, unreadable
from auditor.rules.gaps.dummies import EMAIL
from auditor.rules.gaps.gaps import lexicon, matches
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import host_of, site_of

KINDS = ("privacy", "cookies", "terms", "imprint", "copyright")
SHORTEST = 4  # letters of a domain's name that may be part of a company's
LETTERS = re.compile(r"[\W_]+")


@rule(
    severity="warning",
    needs=("legal-pages",),
    articles={
        "eu": ("GDPR Art. 13(1)(a)",),
        "uk": ("UK GDPR Art. 13(1)(a)",),
        "us-ca": ("CCPA Regulations § 7003(a)",),
        "kr": ("PIPA Art. 30(1)",),
        "cn": ("PIPL Art. 17(1)(1)",),
        "jp": ("APPI Art. 32(1)(i)",),
        "br": ("LGPD Art. 9(III)",),
        "qc": ("Law 25: P-39.1 s. 8",),
    },
    languages=SUPPORTED,
)
def business_foreign(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A legal text calls another business's website its own.

    Why: the text was copied from another shop: it says who answers for that shop's data, sends requests to strangers and makes promises
    that nobody here ever decided on.

    Fix: replace the other name and addresses everywhere, and check every promise of the text against what this shop does.
    """
    pages = [page for page in legal_pages(site) if concerns(page, KINDS)]
    if not pages:
        yield Inapplicable(reason="no legal page was found that names the operator")
    if "." not in site.domain or site.domain.replace(".", "").isdecimal():
        yield Inapplicable(reason="the shop was audited at an address of its own machine, which no text can name")
        return
    for page in pages:
        reason = unreadable(page, SUPPORTED)
        if reason or page.document is None:
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence)
        else:
            yield from _copied(site, page, page.document)


def _copied(site: Site, page: LegalPage, document: Document) -> Iterator[Finding]:
    """The first place at which a page claims each foreign domain that it also has its e-mail address at."""
    mail = {site_of(match["domain"].lower()) for match in EMAIL.finditer(document.text)}
    told: set[str] = set()
    for match in matches(document, _claims(), tuple(lexicon("own_site")["on"])):
        start, end = match.span("claim")
        domain = site_of((match["host"] or match["host2"]).lower())
        if domain in mail - told and not _is_own(site, domain):
            told.add(domain)
            message = (
                f"The text calls {domain} its own website and has its e-mail address there; this shop is {site.domain}"
            )
            passage = Passage(start=start, end=end, slot="url", anchor=domain, message=message)
            yield finding(page, passage, f"{page.path} names {domain}")


def _is_own(site: Site, domain: str) -> bool:
    """Whether anything else of the shop points to a domain: another address of it, a link, its name in titles and notices."""
    name = LETTERS.sub("", domain.partition(".")[0])
    if domain == site.domain or site.own(f"https://{domain}/") or len(name) < SHORTEST:
        return True
    shop = LETTERS.sub("", site.domain.partition(".")[0])
    if name in shop or shop in name or domain in _linked(site):
        return True
    return any(
        name in LETTERS.sub("", f"{page.title} {page.copyright} {page.heading}".lower()) for page in site.pages()
    )


def _linked(site: Site) -> set[str]:
    """The domains that the shop links outside its legal texts, is redirected to or calls another version of itself."""
    urls = [link.url for block in site.run.fetch(LinkBlock) if block.place != "main" for link in block.links]
    for page in site.answers():
        urls += [page.redirect_to, page.canonical, *page.alternates.values()]
    return {site_of(host_of(url)) for url in urls if urlsplit(url).scheme in ("http", "https")}


@cache
def _claims() -> re.Pattern[str]:
    """Where a text gives the address of what it calls its own website."""
    words = lexicon("own_site")
    host = r"(?:https?://)?(?:www\.)?(?P<{}>[a-z0-9-]+(?:\.[a-z0-9-]+){{0,2}}\.[a-z]{{2,12}})\b"
    before = "|".join(words["before"])
    after = "|".join(words["after"])
    return re.compile(
        rf"(?P<claim>(?:{before})\W{{0,3}}{host.format('host')}|{host.format('host2')}/?\W{{0,2}}(?:{after}))",
        re.IGNORECASE,
    )
