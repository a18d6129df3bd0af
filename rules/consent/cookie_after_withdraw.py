from __future__ import annotations

from collections.abc import Iterator

from auditor.ledger import Entry
from auditor.model import Finding, Unknown
from auditor.rules.consent.articles import WITHDRAWAL
from auditor.rules.consent.evidence import (
    Scope,
    after_withdrawal,
    blind_spots,
    kept,
    nothing_seen,
    stored_finding,
    written,
)
from auditor.shelves import rule
from auditor.site import Site

STAYS = "is still there after the visitor has withdrawn consent"


@rule(severity="error", needs=("visits:withdrawn", "cookies", "writes"), articles=WITHDRAWAL)
def cookie_after_withdraw(site: Site) -> Iterator[Finding | Unknown]:
    """A cookie that needs consent is set, or still there, after the visitor has withdrawn consent.

    Why: Consent can be withdrawn at any time, and from then on nothing may be kept or read that rested on it. A cookie that stays
    is sent again with every request. A third party's own cookie cannot be deleted by the shop: it counts only when it is set again.

    Fix: When consent is withdrawn, stop the tags and delete the cookies that belong to them, with the domain and the path that they
    were set with.
    """
    scope = after_withdrawal(site)
    for entry in site.consent.needing:
        does = _does(entry, scope) if entry.kind == "cookie" else ""
        if does:
            yield stored_finding(site, entry, site.consent.verdict(entry), scope, does)
    yield from nothing_seen(site, scope)
    yield from blind_spots(site, scope)


def _does(entry: Entry, scope: Scope) -> str:
    """What to say of it: set again, left over to the last page, or "" when it is gone or not the shop's to delete."""
    known = {visit.profile for visit, cookie in entry.cookies if cookie.phase == "before"}
    snapshots = kept(entry, scope)
    if written(entry, scope) or any(visit.profile not in known for visit, _ in snapshots):
        return f"is set {scope.when}"
    last: dict[str, int] = {}
    for visit in scope.visits.values():
        last[visit.profile] = max(visit.order, last.get(visit.profile, 0))
    stays = any(visit.order == last[visit.profile] for visit, _ in snapshots)
    return STAYS if stays and not entry.site else ""
