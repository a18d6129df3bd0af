from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import before_choice, blind_spots, kept, stored_finding, written
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("visits:untouched", "cookies", "writes"), articles=OPT_IN, severities=SEVERITIES)
def cookie_before_consent(site: Site) -> Iterator[Finding | Unknown]:
    """A cookie that needs consent is set before the visitor has chosen anything.

    Why: Only what is strictly necessary for the service that the visitor asked for may be kept on the device without consent.
    Session, cart, language, protection of forms, load balancing and the consent tool's own record are necessary;
    statistics, marketing and identifiers that recognise a browser later are not, whatever they are called.

    Fix: Hold back the script or the header that sets the cookie until the visitor has agreed to its purpose. If the cookie
    is strictly necessary, declare it in consent.necessary.
    """
    scope = before_choice(site)
    for entry in site.consent.needing:
        # What a consent tool takes away again at once was set all the same.
        if entry.kind == "cookie" and (kept(entry, scope) or written(entry, scope)):
            yield stored_finding(site, entry, site.consent.verdict(entry), scope, f"is set {scope.when}")
    yield from blind_spots(site, scope)
