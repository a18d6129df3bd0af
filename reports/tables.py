"""The tables of a report: what the shop keeps on the device, whom it talks to, and its legal pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from auditor import legal
from auditor.causes import behind_stored
from auditor.cookies import known
from auditor.model import Page, record
from auditor.site import ACTION_OF, Site
from auditor.urls import host_of, site_of


@record
class Stored:
    """A cookie or storage item; ``seen`` maps a scenario to the phases in which it was there."""

    name: str
    kind: str  # cookie | localStorage | sessionStorage | indexedDB
    owner: str  # domain or origin's host
    third_party: bool
    lifetime: float | None  # the longest seen or asked for, seconds
    who: str  # who is behind it, for people
    purpose: str  # what it is for, as far as is known
    seen: dict[str, str]


@record
class Host:
    """A host of another site; ``seen`` maps a scenario to the number of requests before and after the choice."""

    host: str
    site: str
    requests: int
    blocked: int  # of these, never sent
    seen: dict[str, str]


@record
class LegalRow:
    kinds: tuple[str, ...]
    url: str
    language: str
    status: str
    title: str


def storage(site: Site) -> list[Stored]:
    """Cookies first, each by site and name."""
    phases: dict[tuple[str, str, str, bool], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    lifetimes: dict[tuple[str, str, str, bool], list[float]] = defaultdict(list)
    for scenario in site.scenarios:
        for key, phase, seconds in _stored(site, scenario):
            phases[key][scenario].add(phase)
            lifetimes[key] += [] if seconds is None else [seconds]
    rows = [
        Stored(
            kind=kind,
            name=name,
            owner=owner,
            third_party=third,
            lifetime=max(lifetimes[kind, name, owner, third], default=None),
            who=behind_stored(site, kind, name, owner, third),
            purpose=_purpose(site, kind, name, owner, third),
            seen={scenario: _phases(scenario, found) for scenario, found in seen.items()},
        )
        for (kind, name, owner, third), seen in phases.items()
    ]
    return sorted(rows, key=lambda row: (row.kind != "cookie", row.kind, row.third_party, row.owner, row.name))


def _purpose(site: Site, kind: str, name: str, owner: str, third: bool) -> str:
    """The known purpose, else what the judgement rests on."""
    foreign = site.consent.ledger.foreign_site(f"https://{owner}/") if third else ""
    entry = site.consent.ledger.entry(kind, name, foreign)
    purpose = known(name, foreign).purpose
    if entry is None or site.consent.verdict(entry).need == "unclear":
        return purpose if purpose != "unknown" else "unclear"
    verdict = site.consent.verdict(entry)
    told = verdict.purpose if verdict.purpose != "unknown" else purpose
    return told if told != "unknown" else verdict.need.replace("-", " ")


def _stored(site: Site, scenario: str) -> Iterator[tuple[tuple[str, str, str, bool], str, float | None]]:
    asked: dict[tuple[str, str], float] = {}
    for write in site.cookie_writes(scenario):
        key = (write.name, write.domain.lstrip("."))
        asked[key] = max(write.lifetime or 0.0, asked.get(key, 0.0))
    for cookie in site.cookies(scenario):
        owner = cookie.domain.lstrip(".")
        # The browser shortens what is asked for to 400 days.
        lifetime = cookie.lifetime and max(cookie.lifetime, asked.get((cookie.name, owner), 0.0))
        yield ("cookie", cookie.name, owner, cookie.third_party), cookie.phase, lifetime
    for item in site.storage(scenario):
        yield (item.area, item.key, host_of(item.origin), item.third_party), item.phase, None


def _phases(scenario: str, found: Iterable[str]) -> str:
    """Where nobody chooses it is simply there."""
    if scenario not in ACTION_OF:
        return "present" if "before" in found else "after scrolling"
    return ", ".join(phase for phase in ("before", "after") if phase in found)


def third_parties(site: Site) -> list[Host]:
    """The hosts of other sites that the browser asked, most requests first."""
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    blocked: Counter[str] = Counter()
    for scenario in site.scenarios:
        for request in site.requests(scenario):
            if request.third_party and (host := host_of(request.url)):
                counts[host][scenario, request.phase] += 1
                blocked[host] += not request.sent
    rows = [
        Host(host=host, site=site_of(host), requests=seen.total(), blocked=blocked[host], seen=_by_scenario(site, seen))
        for host, seen in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.requests, row.host))


def _by_scenario(site: Site, seen: Counter[tuple[str, str]]) -> dict[str, str]:
    told = {}
    for scenario in site.scenarios:
        before, after = seen[scenario, "before"], seen[scenario, "after"]
        if scenario not in ACTION_OF:
            before += seen[scenario, "scrolled"]
            told[scenario] = f"{before + after:,}" if before + after else ""
        else:
            parts = [f"{number:,} {phase}" for number, phase in ((before, "before"), (after, "after")) if number]
            told[scenario] = ", ".join(parts)
    return told


def legal_rows(site: Site) -> list[LegalRow]:
    """The legal pages, and the addresses of legal pages that did not answer as they should."""
    rows = [
        LegalRow(kinds=tuple(one.kinds), url=one.page.url, language=one.language, status="200", title=one.page.title)
        for one in legal.legal_pages(site)
    ]
    failed = (page for page in site.answers() if page.status != 200 or page.redirect_to)
    rows += [_not_answering(page, kinds) for page in failed if (kinds := page.legal or legal.kinds_of("", page.url))]
    return sorted(rows, key=lambda row: (row.kinds, row.status, row.url))


def _not_answering(page: Page, kinds: tuple[str, ...]) -> LegalRow:
    told = str(page.status or "no answer")
    if page.redirect_to:
        told += f", leads to {page.redirect_to}"
    return LegalRow(kinds=kinds, url=page.url, language=page.language, status=told, title=page.title)
