from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from auditor.ledger import Entry
from auditor.model import Finding, Pages, Unknown
from auditor.rules.consent.articles import REFUSAL, SEVERITIES
from auditor.rules.consent.evidence import (
    Scope,
    after_rejection,
    blind_spots,
    kept,
    stored_finding,
    written,
)
from auditor.shelves import rule
from auditor.site import Site

LEFT = "was set before the choice and is still there after the visitor has refused"


@rule(severity="error", needs=("visits:rejected", "cookies", "writes"), articles=REFUSAL, severities=SEVERITIES)
def cookie_after_reject(site: Site) -> Iterator[Finding | Unknown]:
    """A cookie that needs consent is set, or still there, although the visitor has refused.

    Why: Who refuses must be left alone: nothing may be set, and what was set too early must go. Leftovers are read and sent
    again on every page.

    Fix: Make the refusal stop the tags, and delete what they left behind on every path and domain.
    """
    scope = after_rejection(site)
    for entry in site.consent.needing:
        if entry.kind == "cookie" and (kept(entry, scope) or written(entry, scope)):
            does = _told(entry, scope)
            if does:
                finding = stored_finding(site, entry, site.consent.verdict(entry), scope, does)
                yield _of_leftover(finding, entry, scope) if does == LEFT else finding
    yield from blind_spots(site, scope)


def _of_leftover(finding: Finding, entry: Entry, scope: Scope) -> Finding:
    """A leftover is on every page after the refusal that still has it, and is to be deleted, too."""
    pages = Pages.of(visit.url for visit, _ in kept(entry, scope))
    fix = f"{finding.fix} When the visitor refuses, delete {entry.shown} with the domain and path that it was set with."
    return dataclasses.replace(finding, pages=pages, fix=fix)


def _told(entry: Entry, scope: Scope) -> str:
    """What to say of it: set after the refusal, a leftover of before, or "" when the leftover is gone on later pages."""
    early = {visit.profile for visit, cookie in entry.cookies if cookie.phase == "before"}
    fresh = any(visit.profile not in early for visit, _ in kept(entry, scope))
    if fresh or written(entry, scope):
        return f"is set {scope.when}"
    last: dict[str, int] = {}
    for visit in scope.visits.values():
        last[visit.profile] = max(visit.order, last.get(visit.profile, 0))
    stays = any(visit.order == last[visit.profile] for visit, _ in kept(entry, scope))
    return LEFT if stays else ""
