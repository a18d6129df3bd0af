from __future__ import annotations

from collections.abc import Iterator

from auditor.model import LEGAL_KINDS, Finding, Inapplicable, Page, Pages, Request, Unknown
from auditor.rules.match.articles import INFORMED
from auditor.rules.match.texts import company_names, evidence_of, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import Party, party_of_host
from auditor.urls import host_of, site_of

MAX_EVIDENCE = 6
Seen = dict[str, tuple[Party, list[tuple[str, str]]]]  # registrable domain -> who, and (id, address of the page)


@rule(severity="warning", needs=("legal-pages",), articles=INFORMED)
def checkout_provider_undeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A payment service is part of the shop, and no legal text names it.

    Why: It receives name, amount and address of the device, often before anything is bought, and visitors must be told who receives what.
    Privacy policy, terms and delivery pages all count, and so does the name of a product.

    Fix: Name the payment service with purpose and seat in the privacy policy.
    """
    privacy, everything = texts_of(site), texts_of(site, LEGAL_KINDS)
    yield from not_readable(privacy)
    if not privacy.pages or everything.unread:
        return
    for name, (who, places) in sorted(_payment(site).items()):
        if not everything.names_party(who, name):
            yield Finding(
                message=f"{who.company} ({name}) takes part in payment, but no legal text names it.",
                subject=name,
                evidence=evidence_of(privacy.pages, *[one for one, _ in places[:MAX_EVIDENCE]]),
                pages=Pages.of(url for _, url in places),
                fix=f"Name {who.company} with purpose and seat in the privacy policy.",
            )


def _payment(site: Site) -> Seen:
    """Payment services by what pages load and what the visits asked for; unnamed ones are left out."""
    found: Seen = {}
    for page in site.pages():
        for host in {*page.script_hosts, *page.frame_hosts, *_targets(page)}:
            _note(found, host, page.id, page.url)
    for visit in site.visits.values():
        for request in site.run.fetch(Request, visit=visit.id, third_party=True):
            _note(found, host_of(request.url), request.id, visit.url)
    return found


def _targets(page: Page) -> set[str]:
    return {host_of(form.action) for form in page.forms}


def _note(found: Seen, host: str, identity: str, url: str) -> None:
    who = party_of_host(host)
    if who.category == "payment" and company_names(who.company):
        found.setdefault(site_of(host), (who, []))[1].append((identity, url))
