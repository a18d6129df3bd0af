from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from auditor.legal import path_of
from auditor.model import ConsentUi, Finding, Pages, Unknown, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import (
    Scope,
    before_choice,
    blind_spots,
    kept,
    subject,
    trackers,
    written,
)
from auditor.shelves import rule
from auditor.site import Site

EVERYWHERE = "every page"


class Cause(NamedTuple):
    """Something that needs consent, seen in one visit."""

    evidence: str
    subject: str
    sure: bool


@rule(
    severity="error",
    needs=("visits:untouched", "consent", "cookies", "storage", "requests"),
    articles=OPT_IN,
    severities=SEVERITIES,
)
def banner_missing(site: Site) -> Iterator[Finding | Unknown]:
    """Things that need consent are used, and nobody is asked for it.

    Why: Without a request there is no consent, so everything that needs it is unlawful. A shop that uses only what is strictly
    necessary needs no banner, and passes.

    Fix: Remove what needs consent, or show a consent request on every page and load nothing of it before the answer.
    """
    scope = before_choice(site)
    causes = _causes(site, scope)
    banners = {ui.visit: ui for ui in site.banners("untouched", viewport=None)}
    silent = [visit for visit in scope.visits.values() if causes.get(visit.id) and not _asks(banners, visit)]
    unseen = [visit for visit in silent if visit.id not in banners]
    if unseen:
        reason = "whether a consent request was shown was not recorded"
        yield Unknown(reason=reason, evidence=tuple(v.id for v in unseen[:5]), pages=Pages.of(v.url for v in unseen))
    silent = [visit for visit in silent if visit.id in banners]
    places: dict[str, list[Visit]] = {}
    if silent and not any(_asks(banners, visit) for visit in scope.visits.values()):
        places = {EVERYWHERE: silent}
    elif silent and _keeps_asking(scope, banners):
        places = _by_template(site, silent, {visit.url for visit in scope.visits.values() if _asks(banners, visit)})
    elif silent:
        reason = (
            "the consent request was shown on the first page only, though nobody answered it: whether other pages lack it, "
            "or it is shown but once, is unknown; look at one of these pages in a fresh browser profile"
        )
        yield Unknown(reason=reason, evidence=tuple(v.id for v in silent[:5]), pages=Pages.of(v.url for v in silent))
    if not causes:
        yield from blind_spots(site, scope)
    for place, visits in places.items():
        yield _finding(site, place, visits, causes)


def _causes(site: Site, scope: Scope) -> dict[str, list[Cause]]:
    """Visit id -> what in it needs consent: cookies set, storage filled, trackers contacted."""
    found: dict[str, list[Cause]] = {}
    for host, requests in trackers(site, scope).items():
        for request, judged in requests:
            found.setdefault(request.visit, []).append(Cause(request.id, host, judged.confidence == "high"))
    for entry in site.consent.needing:
        sure = site.consent.verdict(entry).confidence == "high"
        snapshots = kept(entry, scope)
        for visit, item in [*written(entry, scope), *snapshots[:1]] if snapshots else ():
            found.setdefault(visit.id, []).append(Cause(item.id, subject(entry), sure))
    return found


def _asks(banners: Mapping[str, ConsentUi], visit: Visit) -> bool:
    return visit.id in banners and banners[visit.id].present


def _keeps_asking(scope: Scope, banners: Mapping[str, ConsentUi]) -> bool:
    """Whether the request comes on later pages, too: some tools ask but once, whatever was answered."""
    return any(visit.order > 0 and _asks(banners, visit) for visit in scope.visits.values())


def _by_template(site: Site, visits: list[Visit], asking: set[str]) -> dict[str, list[Visit]]:
    """The silent visits by what tells them apart; a page that asks on a desktop (``asking``) lacks the request on a phone."""
    places: dict[str, list[Visit]] = {}
    for visit in visits:
        page = site.page(visit.url)
        place = (page.template if page else "") or path_of(visit.url)
        phone = visit.viewport == "phone" and visit.url in asking
        places.setdefault(f"{place} on a phone" if phone else place, []).append(visit)
    return places


def _finding(site: Site, place: str, visits: list[Visit], causes: Mapping[str, list[Cause]]) -> Finding:
    found = [cause for visit in visits for cause in causes[visit.id]]
    names = sorted({cause.subject for cause in found})
    listed = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    where = "on any page" if place == EVERYWHERE else f"on pages like this ({place})"
    return Finding(
        message=f"No consent request is shown {where}, although {listed} would need consent.",
        subject=place,
        evidence=(visits[0].id, *dict.fromkeys(cause.evidence for cause in found))[:12],
        pages=Pages.of(visit.url for visit in visits),
        confidence="high" if any(cause.sure for cause in found) else "medium",
        screenshot=visits[0].screenshot,
    )
