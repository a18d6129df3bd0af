"""From what was judged to findings: where in the run it was seen, who did it, and how to say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from auditor.consent import Verdict
from auditor.ledger import Entry, deletes
from auditor.model import Cause, CookieWrite, Finding, Pages, Request, Unknown, Visit, record
from auditor.site import Site
from auditor.trackers import bare
from auditor.tracking import Tracking, strongest, tracking
from auditor.urls import host_of

MAX_EVIDENCE = 12


@record
class Scope:
    """The visits and the phase that a rule is about, and how to say when that is."""

    visits: Mapping[str, Visit]  # by id
    phase: str
    when: str  # to follow "is set"


def before_choice(site: Site) -> Scope:
    """The visits of a visitor who has chosen nothing."""
    visits = {visit.id: visit for visit in site.visits_in("untouched", "ok")}
    return Scope(visits=visits, phase="before", when="before the visitor has chosen anything")


def after_rejection(site: Site) -> Scope:
    """What came after a rejection that was seen to take effect, in the profiles where it did."""
    rejected: dict[str, int] = {}
    for action in site.actions("rejected"):
        if action.confirmed and action.action == "reject":
            visit = site.visits[action.visit]
            rejected[visit.profile] = min(visit.order, rejected.get(visit.profile, visit.order))
    visits = {
        visit.id: visit
        for visit in site.visits_in("rejected", "ok")
        if visit.profile in rejected and visit.order >= rejected[visit.profile]
    }
    return Scope(visits=visits, phase="after", when="although the visitor has refused")


def after_withdrawal(site: Site) -> Scope:
    """The pages that were loaded after a withdrawal that was seen to take effect.

    The page of the withdrawal itself was loaded with consent: what its scripts still do there is not counted.
    """
    withdrawn: dict[str, int] = {}
    for action in site.actions("withdrawn"):
        if action.confirmed and action.action == "withdraw":
            visit = site.visits[action.visit]
            withdrawn[visit.profile] = min(visit.order, withdrawn.get(visit.profile, visit.order))
    visits = {
        visit.id: visit
        for visit in site.visits_in("withdrawn", "ok")
        if visit.profile in withdrawn and visit.order > withdrawn[visit.profile]
    }
    return Scope(visits=visits, phase="after", when="although the visitor has withdrawn consent")


def nothing_seen(site: Site, scope: Scope) -> Iterator[Unknown]:
    """Where no page could be loaded any more after the withdrawal, nobody knows."""
    if not scope.visits and site.scenario_state("withdrawn").state == "ok":
        yield Unknown(reason="no page could be visited after the withdrawal")


def anything_needs_consent(site: Site) -> bool:
    """Whether anything that needs consent was seen, in whatever scenario."""
    visits = {visit.id: visit for visit in site.visits.values() if visit.outcome == "ok"}
    phases = (Scope(visits=visits, phase=phase, when="") for phase in ("before", "after", "scrolled"))
    return bool(site.consent.needing) or any(trackers(site, scope) for scope in phases)


def in_scope(records: Iterable[tuple[Visit, object]], scope: Scope) -> list[tuple[Visit, object]]:
    return [(visit, item) for visit, item in records if visit.id in scope.visits and item.phase == scope.phase]


def kept(entry: Entry, scope: Scope) -> list[tuple[Visit, object]]:
    """The snapshots of the scope that have it."""
    return in_scope((*entry.cookies, *entry.items), scope)


def written(entry: Entry, scope: Scope) -> list[tuple[Visit, CookieWrite]]:
    """The writes in the scope that the browser took and that delete nothing."""
    return [
        (visit, write) for visit, write in in_scope(entry.writes, scope) if not write.blocked and not deletes(write)
    ]


# --- findings ------------------------------------------------------------------------------------------------------


def stored_finding(site: Site, entry: Entry, verdict: Verdict, scope: Scope, does: str) -> Finding:
    """A cookie or storage key that needs consent; ``does`` follows its name, as in "is set before …"."""
    snapshots, writes = kept(entry, scope), written(entry, scope)
    first = [*writes, *_first_seen(snapshots)]
    what = f"{'cookie' if entry.kind == 'cookie' else f'{entry.kind} entry'} {entry.shown}"
    owner = f" of {entry.site}" if entry.site else ""
    return Finding(
        message=f"The {what}{owner} {does}: {verdict.why}.",
        subject=subject(entry),
        evidence=_evidence(first),
        pages=Pages.of(visit.url for visit, _ in (writes or first)),
        confidence=verdict.confidence,
        cause=_stored_cause(site, entry, writes, snapshots),
        fix=_stored_fix(site, entry, verdict),
        screenshot=screenshot(site, first[0][0]),
    )


def subject(entry: Entry) -> str:
    """``name (first party)`` or ``name @ site``."""
    return f"{entry.shown} @ {entry.site}" if entry.site else f"{entry.shown} (first party)"


def _first_seen(snapshots: Iterable[tuple[Visit, object]]) -> list[tuple[Visit, object]]:
    """What stays in a profile is told where the profile got it."""
    first: dict[str, tuple[Visit, object]] = {}
    for visit, item in sorted(snapshots, key=lambda pair: pair[0].order):
        first.setdefault(visit.profile, (visit, item))
    return list(first.values())


def _evidence(records: Iterable[tuple[Visit, object]]) -> tuple[str, ...]:
    ids = [identity for visit, item in records for identity in (item.id, visit.id)]
    return tuple(dict.fromkeys(ids))[:MAX_EVIDENCE]


def _stored_cause(site: Site, entry: Entry, writes: Collection, snapshots: Collection) -> str:
    for _, write in [*writes, *((v, w) for v, w in entry.writes if not w.blocked and not deletes(w))]:
        if write.via == "header":
            return f"Set-Cookie header of {address(site, write.url)}"
        if write.cause.url:
            return script_line(site, write.cause)
    causes = (item.cause for _, item in snapshots if entry.kind != "cookie")
    return next((script_line(site, cause) for cause in causes if cause.url), "")


def address(site: Site, url: str) -> str:
    """An address as a developer of the shop calls it: its path, with the host only when that is somebody else's."""
    plain = bare(url).partition("://")[2]
    return f"/{plain.partition('/')[2]}" if site.own(url) else plain


def script_line(site: Site, cause: Cause) -> str:
    return f"{address(site, cause.url)}, line {cause.line}" if cause.line else address(site, cause.url)


def tool(site: Site) -> str:
    """The consent tool that was found, for a sentence."""
    name = next((ui.tool for ui in site.banners("untouched") if ui.tool), "")
    return f"the consent tool {name}" if name else "the consent tool"


def _stored_fix(site: Site, entry: Entry, verdict: Verdict) -> str:
    owner = verdict.vendor or entry.site
    foreign = site.consent.foreign_writer(entry)
    if foreign:
        return f"Load {address(site, foreign)} only after {tool(site)} has recorded an opt-in to its purpose."
    if entry.site:
        return f"Load what comes from {entry.site} only after {tool(site)} has recorded an opt-in to its purpose."
    if not entry.by_script:
        return f"Let the server set {entry.shown} only for visitors who have opted in to its purpose."
    whose = f" ({owner})" if owner else ""
    return f"Run the code that sets {entry.shown}{whose} only after {tool(site)} has recorded an opt-in to its purpose."


def screenshot(site: Site, visit: Visit) -> str:
    """A picture of what the visitor saw: the banner, else the page."""
    banners = site.banners(visit.scenario)
    return next((ui.screenshot for ui in banners if ui.visit == visit.id and ui.screenshot), visit.screenshot)


# --- requests ------------------------------------------------------------------------------------------------------


def trackers(site: Site, scope: Scope) -> dict[str, list[tuple[Request, Tracking]]]:
    """The tracking requests in the scope, by the registrable domain that they go to."""
    found: dict[str, list[tuple[Request, Tracking]]] = {}
    for visit in scope.visits.values():
        for request in site.run.fetch(Request, visit=visit.id, phase=scope.phase):
            judged = tracking(site.consent, request, after_rejection=scope.phase == "after")
            if judged:
                found.setdefault(judged.site, []).append((request, judged))
    return found


def tracker_finding(site: Site, requests: list[tuple[Request, Tracking]], scope: Scope) -> Finding:
    """A third party that tracks; its surest request speaks for all."""
    request, judged = strongest(requests)
    visits = [scope.visits[one.visit] for one, _ in requests]
    who = judged.party.company
    name = f"{who} ({host_of(request.url)})" if who else host_of(request.url)
    return Finding(
        message=f"{name} is contacted {scope.when}: {judged.why}.",
        subject=judged.site,
        evidence=tuple(dict.fromkeys((request.id, request.visit, *(one.id for one, _ in requests))))[:MAX_EVIDENCE],
        pages=Pages.of(visit.url for visit in visits),
        confidence=judged.confidence,
        cause=request_cause(site, request),
        fix=f"Load what contacts {judged.site} only after {tool(site)} has recorded an opt-in to its purpose.",
        screenshot=screenshot(site, scope.visits[request.visit]),
    )


def request_cause(site: Site, request: Request) -> str:
    """What made a request, in words; "" when it is unknown."""
    if request.cause.url:
        return script_line(site, request.cause)
    return f"the HTML of {address(site, request.frame)}" if request.initiator == "parser" and request.frame else ""


# --- what could not be seen ----------------------------------------------------------------------------------------


def blind_spots(site: Site, scope: Scope) -> Iterator[Unknown]:
    """Third-party cookies that this browser refuses to keep, where third parties were contacted: nobody knows of them."""
    browser = site.run.noted("browser") or {}
    if browser.get("third_party_cookies", True):
        return
    for visit in scope.visits.values():
        for request in site.run.fetch(Request, visit=visit.id, phase=scope.phase):
            if request.third_party and request.sent:
                reason = (
                    "this browser keeps no third-party cookies, but third parties were contacted: whether they set any "
                    "is unknown; use a browser that takes them (visits.browser)"
                )
                yield Unknown(reason=reason, evidence=(request.id, visit.id), pages=Pages.of([visit.url]))
                return
