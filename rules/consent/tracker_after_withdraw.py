from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.consent.articles import WITHDRAWAL
from auditor.rules.consent.evidence import after_withdrawal, blind_spots, nothing_seen, tracker_finding, trackers
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("visits:withdrawn", "requests", "cookies", "storage"), articles=WITHDRAWAL)
def tracker_after_withdraw(site: Site) -> Iterator[Finding | Unknown]:
    """A third party that tracks visitors is contacted on pages that are loaded after consent was withdrawn.

    Why: A withdrawal that changes nothing makes the consent before it worthless: it was given on the promise that it can be taken back.

    Fix: Let every tag ask the consent tool on every page load, and keep no memory of an earlier consent beside the tool's own.
    """
    scope = after_withdrawal(site)
    for requests in trackers(site, scope).values():
        yield tracker_finding(site, requests, scope)
    yield from nothing_seen(site, scope)
    yield from blind_spots(site, scope)
