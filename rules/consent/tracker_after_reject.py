from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.consent.articles import REFUSAL, SEVERITIES
from auditor.rules.consent.evidence import after_rejection, blind_spots, tracker_finding, trackers
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    needs=("visits:rejected", "requests", "cookies", "storage"),
    articles=REFUSAL,
    severities=SEVERITIES,
)
def tracker_after_reject(site: Site) -> Iterator[Finding | Unknown]:
    """A third party that tracks visitors is contacted although the visitor has refused.

    Why: A refusal that changes nothing is the gravest fault of a consent tool: authorities fine it even where the banner is
    perfect. Google's pings without consent (gcs=G100) count only when they carry a stored identifier.

    Fix: Bind the tag to the consent tool's answer, also in the code that runs when the page is loaded again, and on every
    template.
    """
    scope = after_rejection(site)
    for requests in trackers(site, scope).values():
        yield tracker_finding(site, requests, scope)
    yield from blind_spots(site, scope)
