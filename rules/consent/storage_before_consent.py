from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import before_choice, kept, stored_finding
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("visits:untouched", "storage"), articles=OPT_IN, severities=SEVERITIES)
def storage_before_consent(site: Site) -> Iterator[Finding]:
    """Something that needs consent is kept in the browser's storage before the visitor has chosen anything.

    Why: The law speaks of information on the visitor's device, not of cookies: an identifier in localStorage, sessionStorage or
    IndexedDB needs the same consent. Carts, settings of the page and caches that are equal for everybody do not.

    Fix: Write the entry only after the visitor has agreed to its purpose. If it is strictly necessary, declare it in
    consent.necessary.
    """
    scope = before_choice(site)
    for entry in site.consent.needing:
        if entry.kind != "cookie" and kept(entry, scope):
            yield stored_finding(site, entry, site.consent.verdict(entry), scope, f"is kept {scope.when}")
