from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Request, Unknown
from auditor.rules.consent.evidence import MAX_EVIDENCE, Scope, trackers
from auditor.rules.match.articles import INFORMED
from auditor.rules.match.texts import Texts, company_names, evidence_of, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site
from auditor.tracking import Tracking, strongest
from auditor.urls import host_of

Contacts = list[tuple[Request, Tracking]]


@rule(severity="error", needs=("legal-pages", "visits:untouched", "requests"), articles=INFORMED)
def third_party_undeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A third party that tracks visitors is named nowhere in the privacy and cookie texts.

    Why: Who receives personal data must be told, for statistics and advertising as for everybody else, whether the visitor has agreed or
    not. A company counts as named by its own name, by that of a product, or by a domain, in the texts or in the consent request. Who is
    behind an unknown address a person must find out.

    Fix: Name the company with purpose and country in the privacy policy, or take its tag out of the shop.
    """
    texts = texts_of(site)
    yield from not_readable(texts)
    if not texts.pages or texts.unread:
        return
    for party_site, contacts in _contacted(site).items():
        request, judged = strongest(contacts)
        if texts.names_party(judged.party, party_site) or _known_by_cookie(site, texts, party_site):
            continue
        if company_names(judged.party.company):
            yield _finding(site, texts, contacts)
        elif judged.confidence == "high":
            yield Unknown(
                reason=f"{host_of(request.url)} tracks visitors ({judged.why}), and no text names that domain: who is behind it is unknown",
                evidence=evidence_of(texts.pages, request.id, request.visit),
                pages=Pages.of([site.visits[request.visit].url]),
            )
    state = site.scenario_state("accepted")
    if state.state == "failed":
        yield Unknown(reason=f"scenario accepted: {state.reason}", evidence=state.evidence)


def _contacted(site: Site) -> dict[str, Contacts]:
    """Everybody who tracks in any scenario, by registrable domain."""
    visits = {visit.id: visit for visit in site.visits.values() if visit.outcome == "ok"}
    found: dict[str, Contacts] = {}
    for phase in ("before", "after"):
        for name, contacts in trackers(site, Scope(visits=visits, phase=phase, when="")).items():
            found.setdefault(name, []).extend(contacts)
    return found


def _known_by_cookie(site: Site, texts: Texts, party_site: str) -> bool:
    """Whether a cookie or key that the third party keeps, or that its script writes, is in the table of cookies."""
    for entry in site.consent.ledger.entries():
        written = any(site.consent.ledger.foreign_site(url) == party_site for url in entry.scripts)
        if (entry.site == party_site or written) and any(texts.names_cookie(name) for name in entry.raw_names):
            return True
    return False


def _finding(site: Site, texts: Texts, contacts: Contacts) -> Finding:
    request, judged = strongest(contacts)
    who, ids = judged.party.company, [one for item, _ in contacts for one in (item.id, item.visit)]
    return Finding(
        message=f"{who} ({host_of(request.url)}) is contacted, but no text names it: {judged.why}.",
        subject=judged.site,
        evidence=evidence_of(texts.pages, *ids[:MAX_EVIDENCE]),
        pages=Pages.of(site.visits[item.visit].url for item, _ in contacts),
        confidence="low" if texts.partly_seen else judged.confidence,
        fix=f"Name {who} with purpose and country in the privacy policy, or take its tag out of the shop.",
    )
