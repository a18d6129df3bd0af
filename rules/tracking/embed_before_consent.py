from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from auditor.embeds import Embed, embed
from auditor.model import Finding, Pages, Request, Visit
from auditor.rules.consent.evidence import address, before_choice, request_cause, screenshot, tool
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import party
from auditor.tracking import tracking
from auditor.urls import host_of

ARTICLES = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 6(1)", "CJEU, 29 July 2019, C-40/17 (Fashion ID)"),
    "de": ("TDDDG § 25(1)", "LG München I, 20 January 2022, 3 O 17493/20"),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 6(1)"),
    "br": ("LGPD Art. 7, I", "LGPD Art. 8"),
}
Seen = tuple[Visit, Request, Embed]


@rule(severity="error", needs=("visits:untouched", "requests"), articles=ARTICLES)
def embed_before_consent(site: Site) -> Iterator[Finding]:
    """Another site's content (a video, a map, a plug-in, a chat) is loaded before the visitor has chosen anything.

    Why: With the content the other site learns the visitor's address, browser and the page, and may keep identifiers, whether or not the
    visitor wants to see it. Payment, captchas and protection against fraud are needed for what the visitor asked for, and stay out.

    Fix: Show a preview that is the shop's own, and load the content after a click on it or after consent; serve fonts from the shop.
    """
    scope = before_choice(site)
    found: dict[str, list[Seen]] = {}
    for visit in scope.visits.values():
        for request in site.run.fetch(Request, visit=visit.id, phase="before"):
            what = _embedded(site, request)
            if what:
                found.setdefault(site.consent.ledger.foreign_site(request.url), []).append((visit, request, what))
    for name, seen in found.items():
        yield _finding(site, name, seen)


def _embedded(site: Site, request: Request) -> Embed | None:
    if not request.third_party or not request.sent or not site.consent.ledger.foreign_site(request.url):
        return None
    if _inside(site, request):
        return None
    what = embed(request)
    if what is None and request.kind == "document" and tracking(site.consent, request):
        what = Embed(kind="embedded page", sure=False)
    if what and what.profiles and not set(what.profiles) & set(site.profiles):
        return None
    return what


def _inside(site: Site, request: Request) -> bool:
    """Whether another site's frame asked for a part of its own: what a player or a map needs comes with it."""
    if request.kind == "document" or not site.consent.ledger.foreign_site(request.frame):
        return False
    return embed(dataclasses.replace(request, url=request.frame, kind="document")) is not None


def _finding(site: Site, name: str, seen: list[Seen]) -> Finding:
    seen = sorted(seen, key=lambda one: (one[1].kind != "document", not one[2].sure))
    visit, request, what = seen[0]
    company = party(request.url).company
    host = host_of(request.url)
    frame = "frame" if request.kind == "document" else request.kind or "request"
    return Finding(
        message=f"The {what.kind} of {f'{company} ({host})' if company else host} is loaded before the visitor has chosen anything.",
        subject=name,
        evidence=tuple(dict.fromkeys(one for v, r, _ in seen for one in (r.id, v.id)))[:12],
        pages=Pages.of(visit.url for visit, _, _ in seen),
        confidence="high" if what.sure else "medium",
        cause=request_cause(site, request) or f"{frame} {address(site, request.url)}",
        fix=f"Show a preview of the shop's own in its place, and load {host} only after a click on it or after {tool(site)} has recorded an opt-in.",
        screenshot=screenshot(site, visit),
    )
