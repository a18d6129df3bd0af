from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditor.legal import legal_pages, path_of
from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.carrying import Tally, is_for_visitors, seen_by_page, template_of
from auditor.rules.links.commerce import checkouts, speaks_of_returns
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="notice",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("Directive 2011/83/EU Art. 6(1)(h) and 8",),
        "de": ("BGB § 312d(1)", "EGBGB Art. 246a § 4"),
        "fr": ("Code de la consommation Art. L221-5",),
        "uk": ("Consumer Contracts Regulations 2013 reg. 13(1)",),
        "kr": ("E-Commerce Act Art. 13(2)",),
        "jp": ("Act on Specified Commercial Transactions Art. 11 and 12-6",),
    },
)
def checkout_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The checkout has no link to the shop's information on returns and withdrawal.

    Why: The buyer must be able to read it before the order binds, and the checkout is the last page on which that can be. Its
    reduced frame often leaves the link out that all other pages have. Links to privacy policy and terms are judged on every
    template by rules of their own.

    Fix: Link the page on returns or the right of withdrawal beside the order button, with the terms and the privacy policy.
    """
    links = LegalLinks.of(site)
    pages = [page for page in checkouts(site) if is_for_visitors(page)]
    if not pages or not links.anywhere("returns"):
        yield Inapplicable(reason="no checkout was crawled" if not pages else "the shop has no page on returns")
        return
    kinds = ("returns", *_also(site))
    visits = seen_by_page(site)
    lacking: dict[str, Tally] = defaultdict(Tally)
    for page in pages:
        seen = visits.get(page.url, [])
        if (
            links.on_page(page, *kinds)
            or any(links.on_visit(visit, *kinds) for visit in seen)
            or links.is_one(page, "returns")
        ):
            continue
        if seen:
            lacking[template_of(page)].add(page)
        else:
            reason = f"scripts may add a link on returns to {path_of(page.url)}, which was not visited"
            yield Unknown(reason=reason, evidence=(page.id,))
    for template, tally in sorted(lacking.items()):
        yield Finding(
            message=f"The checkout “{template}” has no link to the information on returns that the shop has elsewhere.",
            subject=template,
            evidence=tally.evidence,
            pages=tally.pages,
        )


def _also(site: Site) -> tuple[str, ...]:
    """Terms are as good where they speak of returns, or where nobody could read them."""
    terms = [page for page in legal_pages(site) if "terms" in page.kinds]
    told = any(page.document is None or speaks_of_returns(page.document.text) for page in terms)
    return ("terms",) if told or not terms else ()
