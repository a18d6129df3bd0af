from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import legal_pages
from auditor.model import Finding, Inapplicable, LinkBlock, Pages, Unknown
from auditor.rules.carrying import EVERYWHERE
from auditor.rules.links.commerce import sells, speaks_of_returns
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("Directive 2011/83/EU Art. 6(1)(h) and (k)",),
        "de": ("BGB § 312d(1)", "EGBGB Art. 246a § 1(2)"),
        "fr": ("Code de la consommation Art. L221-5",),
        "uk": ("Consumer Contracts Regulations 2013 reg. 13(1)",),
        "kr": ("E-Commerce Act Art. 13(2) no. 5", "E-Commerce Act Art. 17"),
        "jp": ("Act on Specified Commercial Transactions Art. 11",),
        "br": ("CDC Art. 49", "Decreto 7.962/2013 Art. 5"),
    },
)
def returns_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The shop says nowhere how goods are given back.

    Why: Buyers at a distance have a right to withdraw, or must be told that they have none, before they order. Without that
    information the period does not begin to run, or is a year longer. Terms that speak of it are enough.

    Fix: Publish a page on returns and the right of withdrawal, with the form where the law gives one, and link it in the
    footer and beside the order button.
    """
    links = LegalLinks.of(site)
    if links.anywhere("returns") or _is_mentioned(site):
        return
    if not sells(site):
        yield Inapplicable(reason="no cart and no checkout was seen: the shop may not sell on this site")
        return
    unread = next((page for page in legal_pages(site) if page.document is None), None)
    if unread or (links.anywhere("terms") and not _terms_read(site)):
        told = "the text of the shop's legal pages was not read in full; the terms may speak of returns"
        yield Unknown(reason=told, evidence=unread.evidence if unread else ())
        return
    first = site.resolve(site.url) or next(site.pages(), None)
    if first is not None:
        yield Finding(
            message="No link, title or legal text of the shop speaks of returns, refunds or withdrawal.",
            subject=EVERYWHERE,
            evidence=(first.id,),
            pages=Pages.of([first.url]),
            confidence="medium",
        )


def _terms_read(site: Site) -> bool:
    return any("terms" in page.kinds for page in legal_pages(site))


def _is_mentioned(site: Site) -> bool:
    """Whether a link, a title or a legal text speaks of it."""
    if any(speaks_of_returns(page.document.text) for page in legal_pages(site) if page.document):
        return True
    if any(speaks_of_returns(link.text) for block in site.run.fetch(LinkBlock) for link in block.links):
        return True
    visited = (link.text for visit in site.visits.values() for link in visit.links)
    return any(map(speaks_of_returns, visited)) or any(speaks_of_returns(page.title) for page in site.pages())
