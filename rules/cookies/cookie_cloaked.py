from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from auditor.model import Finding, HostAlias, Inapplicable, Pages, Request, Unknown, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import screenshot, tool
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import TRACKING, party_of_host
from auditor.urls import host_of, site_of

Asked = list[tuple[Visit, Request]]


@rule(severity="error", needs=("visits:untouched", "requests"), articles=OPT_IN, severities=SEVERITIES)
def cookie_cloaked(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A host of the shop is another name for a tracker, and is contacted before the visitor has chosen anything.

    Why: Under the shop's name a tracker escapes the browser's protection against third parties and is sent the shop's own cookies, a
    session among them. In law it stays what it is: a third party that needs consent.

    Fix: Load what contacts the host only after consent, name the recipient in the policy, and keep session cookies to the host that
    needs them.
    """
    if not site.aliases:
        yield Inapplicable(reason="no further host of the shop was contacted")
        return
    asked = _asked(site)
    for host, alias in site.aliases.items():
        seen = asked.get(host, [])
        if alias.failure and seen:
            reason = f"what {host} is another name for could not be found out: {alias.failure}"
            yield Unknown(reason=reason, evidence=(alias.id,), pages=Pages.of(visit.url for visit, _ in seen))
        elif seen and (tracker := _tracker(site, alias)):
            yield _finding(site, alias, tracker, seen)


def _asked(site: Site) -> dict[str, Asked]:
    """Host -> the requests to it before any choice."""
    found: dict[str, Asked] = {}
    for visit in site.visits_in("untouched", "ok"):
        for request in site.run.fetch(Request, visit=visit.id, phase="before"):
            if request.sent and host_of(request.url) in site.aliases:
                found.setdefault(host_of(request.url), []).append((visit, request))
    return found


def _tracker(site: Site, alias: HostAlias) -> str:
    """The name in the chain that is a tracker's, "" when none is."""
    for name in reversed(alias.aliases):
        foreign = site_of(name) != site.domain
        listed = any(name == suffix or name.endswith(f".{suffix}") for suffix in _suffixes())
        if foreign and (listed or party_of_host(name).category in TRACKING):
            return name
    return ""


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(tomllib.loads(resources.files(__package__).joinpath("cloaking.toml").read_text("utf-8"))["suffixes"])


def _finding(site: Site, alias: HostAlias, tracker: str, seen: Asked) -> Finding:
    visit, request = seen[0]
    company = party_of_host(tracker).company
    cookies = sorted({name for _, one in seen for name in one.cookies_sent})
    told = f", and is sent the cookies {', '.join(cookies[:5])}" if cookies else ""
    return Finding(
        message=f"{alias.host} is another name for {tracker}{f' ({company})' if company else ''}; it is contacted before the "
        f"visitor has chosen anything{told}.",
        subject=f"{alias.host.removesuffix(site.domain).rstrip('.') or alias.host} → {site_of(tracker)}",
        evidence=(alias.id, request.id, visit.id),
        pages=Pages.of(visit.url for visit, _ in seen),
        fix=f"Load what contacts {alias.host} only after {tool(site)} has recorded an opt-in to its purpose.",
        screenshot=screenshot(site, visit),
    )
