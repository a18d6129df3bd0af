from __future__ import annotations

from collections.abc import Iterator

from auditor.ledger import Entry
from auditor.model import Finding, Pages, Request, Unknown, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import before_choice, request_cause, screenshot, subject, tool
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import NEEDED, TRACKING, party
from auditor.tracking import called, told
from auditor.urls import host_of

Shared = tuple[Visit, Request, str]  # in which parameter


@rule(
    severity="error",
    needs=("visits:untouched", "requests", "cookies", "storage"),
    articles=OPT_IN,
    severities=SEVERITIES,
)
def identifier_shared_before_consent(site: Site) -> Iterator[Finding | Unknown]:
    """An identifier that the shop keeps on the device is sent to a third party before the visitor has chosen anything.

    Why: Reading an identifier from the device and sending it away needs consent, whatever the cookie was set for: with it the recipient
    recognises the visitor on every later page. Address, body and messages of sockets count alike.

    Fix: Send the identifier only after consent, or leave it out.
    """
    scope = before_choice(site)
    found: dict[tuple[Entry, str], list[Shared]] = {}
    unread: dict[str, Unknown] = {}
    for visit in scope.visits.values():
        for request in site.run.fetch(Request, visit=visit.id, phase="before"):
            if request.body_unread and (host := _recipient(site, request)):
                reason = f"what was sent to {host} could not be read: {request.body_unread}"
                unread.setdefault(host, Unknown(reason=reason, evidence=(request.id,), pages=Pages.of([visit.url])))
            for entry, name in _shared(site, visit, request):
                found.setdefault((entry, _recipient(site, request)), []).append((visit, request, name))
    for (entry, recipient), seen in found.items():
        yield _finding(site, entry, recipient, seen)
    yield from unread.values()


def _recipient(site: Site, request: Request) -> str:
    """The third party that a request goes to, "" when it is none, or one that a visit or a purchase needs."""
    if not request.third_party or not request.sent or party(request.url).category in NEEDED:
        return ""
    return site.consent.ledger.foreign_site(request.url)


def _shared(site: Site, visit: Visit, request: Request) -> Iterator[tuple[Entry, str]]:
    """What is kept on the device and stands in the request, with the parameter's name."""
    recipient = _recipient(site, request)
    if not recipient:
        return
    kept = site.consent.identifiers.get(visit.profile, {})
    for name, shape in told(request):
        for entry in {kept[part] for part in shape.parts if part in kept}:
            # A session or a cart may be sent to who serves it, but not to statistics and advertising.
            served = site.consent.verdict(entry).need == "necessary" and party(request.url).category not in TRACKING
            if entry.site != recipient and not served:
                yield entry, name


def _finding(site: Site, entry: Entry, recipient: str, seen: list[Shared]) -> Finding:
    visit, request, name = seen[0]
    company = party(request.url).company
    host = host_of(request.url)
    body = name in request.body and name not in request.params
    where = "body" if body and request.kind != "websocket" else "messages" if body else "address"
    return Finding(
        message=f"The identifier kept in {called(entry)} is sent to {f'{company} ({host})' if company else host} before the "
        f"visitor has chosen anything, in the {where}{f' as {name}' if name else ''}.",
        subject=f"{subject(entry)} → {recipient}",
        evidence=tuple(dict.fromkeys(one for v, r, _ in seen for one in (r.id, v.id)))[:12],
        pages=Pages.of(visit.url for visit, _, _ in seen),
        cause=request_cause(site, request),
        fix=f"Send {entry.shown} to {host} only after {tool(site)} has recorded an opt-in to its purpose.",
        screenshot=screenshot(site, visit),
    )
