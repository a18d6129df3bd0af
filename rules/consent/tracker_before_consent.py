from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import before_choice, blind_spots, tracker_finding, trackers
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    needs=("visits:untouched", "requests", "cookies", "storage"),
    articles=OPT_IN,
    severities=SEVERITIES,
)
def tracker_before_consent(site: Site) -> Iterator[Finding | Unknown]:
    """A third party that tracks visitors is contacted before the visitor has chosen anything.

    Why: Pixels, beacons and scripts of statistics and advertising read from the device and tell a third party of the visit; that
    needs consent first (EDPB Guidelines 2/2023). Unknown third parties are judged by what they do: an identifier
    that is set, sent or stored, a message that brings nothing back. Fonts, libraries, pictures, payment, captcha and consent
    tools without such signs are left alone, and so is Google's tag manager by itself, except in Germany.

    Fix: Load the tag only after the visitor has agreed to its purpose.
    """
    scope = before_choice(site)
    for requests in trackers(site, scope).values():
        yield tracker_finding(site, requests, scope)
    yield from blind_spots(site, scope)
