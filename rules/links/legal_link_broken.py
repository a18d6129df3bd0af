from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.legal import legal_pages, path_of
from auditor.model import Finding, LinkBlock, Page, Unknown, Visit
from auditor.rules.carrying import Tally, seen_by_page
from auditor.rules.links import substance
from auditor.rules.links.arrival import Arrival, arrival
from auditor.rules.links.legal_links import LegalLinks, Target
from auditor.rules.links.soft_404 import is_soft_404
from auditor.shelves import rule
from auditor.site import Site

# What protection against robots, a login or maintenance answers: a visitor may well get through.
_WALLS = frozenset({401, 403, 407, 429, 451, 503})


@rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 12(1)", "GDPR Art. 13", "Directive 2000/31/EC Art. 5"),
        "de": ("DDG § 5",),
        "uk": ("UK GDPR Art. 12(1)", "UK GDPR Art. 13"),
        "us-ca": ("Cal. Bus. & Prof. Code § 22575 (CalOPPA)",),
        "kr": ("PIPA Art. 30(2)", "E-Commerce Act Art. 10(1)"),
        "cn": ("PIPL Art. 17", "E-Commerce Law Art. 50"),
        "jp": ("APPI Art. 32(1)", "Act on Specified Commercial Transactions Art. 11"),
        "br": ("LGPD Art. 9",),
        "qc": ("Act respecting the protection of personal information in the private sector, s. 8.2",),
    },
)
def legal_link_broken(site: Site) -> Iterator[Finding | Unknown]:
    """A link to a legal page leads nowhere.

    Why: A document that cannot be opened informs nobody: for the visitor it does not exist. That includes pages that answer
    as if all were well and hold the same text as any address that the shop does not have.

    Fix: Point the link at the page that exists, or publish the page again at this address. Let addresses that do not exist
    answer 404.
    """
    broken: dict[str, tuple[Target, Arrival, str]] = {}
    proof: dict[str, str] = {}  # the answer that a soft 404 is told by
    visits = seen_by_page(site)
    for url, target in LegalLinks.of(site).targets.items():
        if not site.own(url):
            continue
        came = arrival(site, url)
        fault, doubt = _fault(came), _doubt(site, came)
        if not fault and not doubt and came.page is not None and target.kinds:
            fault, doubt = _soft(site, came.page, came.hops, visits)
            proof[url] = site.probe.id if fault and site.probe else ""
        if fault and not doubt:
            broken[url] = (target, came, fault)
        elif (
            doubt and target.named
        ):  # an address alone ("/returns?currency=EUR") may be that of a switch, never to be asked for
            yield _unknown(url, target, came, doubt)
    linking = _linking_pages(site, broken) if broken else {}
    for url, (target, came, fault) in broken.items():
        found = _finding(url, target, came, fault, linking.get(url, Tally()))
        yield replace(found, evidence=(*found.evidence, proof[url])) if proof.get(url) else found


def _fault(came: Arrival) -> str:
    """What is wrong, for a sentence that begins with the address; "" when nothing is."""
    page = came.page
    if came.how == "loop":
        return "redirects in circles"
    if came.how != "end" or page is None:
        return ""
    if page.status == 0:
        return f"does not answer ({page.failure or 'no reason known'})"
    return f"answers with status {page.status}" if page.status >= 400 else ""


def _doubt(site: Site, came: Arrival) -> str:
    """Why it cannot be told; "" when it can."""
    page = came.page
    if came.how == "not-crawled":
        return "was not crawled"
    if came.how != "end" or page is None or 200 <= page.status < 300:
        return ""
    if page.status in _WALLS:
        return f"answers the crawl with status {page.status}, as to robots or strangers"
    seen = [visit for visit in site.visits.values() if visit.url == page.url and 200 <= visit.status < 300]
    return f"answers the crawl with status {page.status}, but Chromium with {seen[0].status}" if seen else ""


def _soft(site: Site, page: Page, hops: int, visits: dict[str, list[Visit]]) -> tuple[str, str]:
    """What is wrong, or in doubt, with a page that answers as if all were well."""
    shown = [visit for visit in visits.get(page.url, []) if 200 <= visit.status < 300]
    legal = next((one for one in legal_pages(site) if page.url in one.urls), None)
    if substance.says_not_found(substance.Seen(page=page, visits=tuple(shown), legal=legal)):
        return "", ""  # the business of legal-page-empty
    soft = is_soft_404(site, page, hops, shown)
    if soft is None:
        return "", "answers like an address that does not exist, but scripts may make a page of it"
    nowhere = path_of(site.probe.url) if site.probe else ""
    return (f"shows what addresses that do not exist show, such as {nowhere}" if soft else ""), ""


def _linking_pages(site: Site, broken: dict[str, tuple[Target, Arrival, str]]) -> dict[str, Tally]:
    """The pages that link to each broken address, in one pass over the blocks and one over the pages."""
    rows: dict[int, set[str]] = {}
    for block in site.run.fetch(LinkBlock):
        if found := {address for link in block.links if (address := link.url.partition("#")[0]) in broken}:
            rows[int(block.id.partition(":")[2])] = found
    tallies: dict[str, Tally] = {}
    for page in site.pages():
        for url in set().union(*(rows[row] for row in page.blocks if row in rows)):
            tallies.setdefault(url, Tally()).add(page)
    return tallies


def _finding(url: str, target: Target, came: Arrival, fault: str, linking: Tally) -> Finding:
    path, end = path_of(url), came.page
    through = f" leads to {path_of(end.url)}, which" if end and end.url != url else ""
    name = f"“{target.text}” " if target.text else ""
    return Finding(
        message=f"The link {name}points to {path}; it{through} {fault}.",
        subject=path,
        evidence=((end.id,) if end else ()) + linking.evidence,
        pages=linking.pages,
        quote=target.text,
        confidence="medium" if isinstance(end, Page) and end.status == 0 else "high",
    )


def _unknown(url: str, target: Target, came: Arrival, doubt: str) -> Unknown:
    path, end = path_of(url), came.page
    through = f" leads to {path_of(end.redirect_to or end.url)}, which" if end and came.hops else ""
    evidence = (end.id,) if end else ()
    return Unknown(reason=f"the link “{target.text}” to {path}{through} {doubt}", evidence=evidence)
