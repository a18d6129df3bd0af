"""The cause of a cookie, a storage key or a request as a chain: page, script, …, script, thing.

The browser tells the script that did something. That script was itself a request, which has a cause again: walking back
along them ends at a page's HTML. Addresses are those of the evidence, so their identifiers are replaced already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.cookies import known
from auditor.model import ApiCall, Cause, Cookie, CookieWrite, Request, StorageItem, record
from auditor.site import Site
from auditor.trackers import bare, party
from auditor.urls import host_of

MAX_STEPS = 12
OURSELVES = "the shop itself"


@record
class Step:
    """One link of the chain. ``kind``: page | frame | script | response | cookie | storage | request | call."""

    kind: str
    url: str = ""
    line: int = 0  # 1-based; 0 = unknown
    name: str = ""  # of a cookie or storage key, else ""
    at: float | None = None  # seconds since the visit's navigation started; None = unknown


def chain(site: Site, evidence: Any) -> tuple[Step, ...]:
    """The steps that led to a record of a visit, the page first; () when nothing is known of its cause."""
    last = _last(evidence)
    if last is None:
        return ()
    if isinstance(evidence, CookieWrite) and evidence.via == "header":
        answer = _request(site, evidence.visit, evidence.url)
        middle = _to(site, answer) if answer else [Step(kind="response", url=evidence.url)]
    elif isinstance(evidence, Request):
        middle = _to(site, evidence)[:-1]
    else:
        middle = list(_back(site, evidence.visit, evidence.cause))
    return (*_begin(site, evidence, middle), *middle, last) if middle else ()


def _last(evidence: Any) -> Step | None:
    if isinstance(evidence, CookieWrite):
        return Step(kind="cookie", url=evidence.url, name=evidence.name, at=evidence.at)
    if isinstance(evidence, Request):
        return Step(kind="request", url=evidence.url, at=evidence.at)
    if isinstance(evidence, StorageItem):
        return Step(kind="storage", url=evidence.origin, name=evidence.key)
    if isinstance(evidence, ApiCall):
        return Step(kind="call", url=evidence.url, name=evidence.api, at=evidence.at)
    return None


def _begin(site: Site, evidence: Any, middle: list[Step]) -> list[Step]:
    """The visited page, where the chain does not begin there by itself."""
    visit = site.visits[evidence.visit]
    if middle[0].kind == "page" or bare(middle[0].url) in (bare(visit.url), bare(visit.final_url)):
        return []
    return [Step(kind="page", url=visit.final_url or visit.url, at=0.0)]


def _to(site: Site, request: Request) -> list[Step]:
    """The steps to a request, itself last."""
    steps = list(_back(site, request.visit, request.cause))
    visit = site.visits[request.visit]
    if not steps and request.frame and bare(request.frame) not in (bare(visit.url), bare(visit.final_url)):
        steps = [Step(kind="frame", url=request.frame)]
    elif not steps:
        steps = [Step(kind="page", url=visit.final_url or visit.url, at=0.0)]
    return [*steps, Step(kind="response", url=request.url, at=request.at)]


def _back(site: Site, visit: str, cause: Cause) -> Iterator[Step]:
    """The scripts from the first one to the one that did it."""
    steps: list[Step] = []
    seen: set[str] = set()
    while cause.url and cause.url not in seen and len(steps) < MAX_STEPS:
        seen.add(cause.url)
        request = _request(site, visit, cause.url)
        kind = "script" if request is None or request.kind == "script" else "page"
        steps.append(Step(kind=kind, url=cause.url, line=cause.line, at=request.at if request else None))
        if request is None:
            break
        cause = request.cause
    return reversed(steps)


def _request(site: Site, visit: str, url: str) -> Request | None:
    """The request that brought a script or document."""
    found = site.run.fetch(Request, visit=visit, url=url)
    return min(found, key=lambda request: (request.kind not in ("script", "document"), request.at), default=None)


def writer(site: Site, cookie: Cookie | StorageItem) -> Any:
    """The write that put a cookie of the jar there, in its own visit or in an earlier one of its profile; else the record."""
    if isinstance(cookie, StorageItem):
        return cookie
    visit = site.visits[cookie.visit]
    earlier = (v for v in site.visits.values() if v.profile == visit.profile and v.order <= visit.order)
    writes = (w for v in earlier for w in site.run.fetch(CookieWrite, visit=v.id, name=cookie.name))
    return next((w for w in writes if not w.blocked and not (w.lifetime is not None and w.lifetime <= 0)), cookie)


def behind(site: Site, evidence: Any) -> str:
    """Who is behind a record of a visit, for people: a company with its trade, a host, or the shop itself; "" = unknown."""
    if isinstance(evidence, Request):
        return _party(evidence.url) if evidence.third_party else OURSELVES
    if isinstance(evidence, ApiCall):
        return _party(evidence.cause.url) if evidence.cause.url and not site.own(evidence.cause.url) else OURSELVES
    storage = isinstance(evidence, StorageItem)
    name = evidence.key if storage else evidence.name
    host = host_of(evidence.origin) if storage else evidence.domain.lstrip(".")
    return behind_stored(site, evidence.area if storage else "cookie", name, host, evidence.third_party)


def behind_stored(site: Site, kind: str, name: str, host: str, third_party: bool) -> str:
    """Who is behind a cookie or storage key: the owner of its domain, of the script that wrote it, or of its well-known name."""
    foreign = site.consent.ledger.foreign_site(f"https://{host}/") if third_party else ""
    if foreign:
        return _party(f"https://{host}/")
    entry = site.consent.ledger.entry(kind, name, "")
    writer_url = site.consent.foreign_writer(entry) if entry else ""
    if writer_url:
        return _party(writer_url)
    return (site.consent.verdict(entry).vendor if entry else "") or known(name).vendor or OURSELVES


def _party(url: str) -> str:
    found, host = party(url), host_of(url)
    if not found.company:
        return host
    return f"{found.company} ({', '.join(part for part in (found.trade, host) if part)})"
