from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from auditor.document import read
from auditor.legal import kinds_of
from auditor.model import Finding, Inapplicable, Page, Unknown, Visit
from auditor.rules import carrying
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.match.sale_denial_false import advertisers
from auditor.shelves import rule
from auditor.site import Site

KIND = "do-not-sell"
_NAMED = re.compile(
    r"do not (?:sell|share)|don['’]t (?:sell|share) my|privacy choices|opt[ -]out preference|no vend(?:er|an)",
    re.IGNORECASE,
)


@rule(
    severity="warning",
    needs=("pages", "visits:untouched", "requests"),
    articles={"us-ca": ("Cal. Civ. Code § 1798.135(a)(1)", "CCPA Regulations § 7013 and 7015")},
)
def opt_out_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """Data goes to advertisers, and a page has no link to opt out of sale and sharing.

    Why: Who sells personal information or shares it for advertising must have a clear link on every page, named “Do Not Sell or Share My
    Personal Information” or “Your Privacy Choices”. Small businesses are exempt, and so is who takes every Global Privacy
    Control signal for an opt-out and says so.

    Fix: Put the link into the footer that all templates share, and let it stop the sale and sharing at once.
    """
    proofs = advertisers(site)
    if not proofs:
        yield Inapplicable(reason="no visit saw data go to an advertiser")
        return
    named = next((banner for banner in site.banners("untouched", None) if _NAMED.search(banner.text)), None)
    found = carrying.survey(site, lambda page: _on_page(site, page), lambda visit: _on_visit(site, visit))
    names = ", ".join(dict.fromkeys(proof.name for proof in proofs[:3]))

    def finding(absence: carrying.Absence) -> Finding:
        return Finding(
            message=f"{absence.where} have no link to opt out of sale and sharing, and data goes to {names}.",
            subject=absence.subject,
            evidence=(*absence.tally.evidence, *proofs[0].evidence),
            pages=absence.tally.pages,
            confidence="medium",
        )

    if named and found.absences:
        yield Unknown(
            reason="the consent request offers the opt-out; see whether it can be opened later", evidence=(named.id,)
        )
        return
    yield from carrying.told(found, finding, "a link to opt out of sale and sharing")


def _on_page(site: Site, page: Page) -> bool:
    """Also a link without a target, a button or words alone: scripts may open the choice."""
    links = LegalLinks.of(site)
    if links.on_page(page, KIND) or links.dead_link(page, KIND) is not None:
        return True
    return carrying.template_of(page) in _templates(site)


def _on_visit(site: Site, visit: Visit) -> bool:
    if LegalLinks.of(site).on_visit(visit, KIND) or any(KIND in kinds_of(link.text) for link in visit.links):
        return True
    return _is_added(site)


@lru_cache(maxsize=2)
def _is_added(site: Site) -> bool:
    """Whether scripts add the words to the frame of a page: then they do so on all."""
    rendered = (one for one in site.visits.values() if one.html)
    return any(_in_frame(site.blob_text(one.html), one.url) for one in rendered)


@lru_cache(maxsize=2)
def _templates(site: Site) -> frozenset[str]:
    """The templates of which a kept page has the words in its frame or on a button."""
    kept = ((page, html) for page in site.pages() if (html := site.html(page)) and _NAMED.search(html))
    return frozenset(carrying.template_of(page) for page, html in kept if _in_frame(html, page.url))


def _in_frame(html: str, url: str) -> bool:
    if not _NAMED.search(html):
        return False
    document = read(html, url)
    frame = (document.of(block) for block in document.blocks if block.part == "frame")
    buttons = (span.text for span in document.spans if span.kind == "control")
    return any(_NAMED.search(text) for text in (*frame, *buttons))
