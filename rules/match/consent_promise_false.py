from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.consent.evidence import before_choice
from auditor.rules.match.articles import TRUE
from auditor.rules.match.claims import contradicted, kept_with_consent, tracking_in
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("legal-pages", "visits:untouched", "requests", "cookies", "storage"), articles=TRUE)
def consent_promise_false(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text promises to ask before cookies or trackers are used, and they are there before the visitor has chosen.

    Why: A promise that is not kept misleads visitors about what happens to their data, which weighs more than silence would.

    Fix: Hold back what needs consent until the visitor has agreed, as the text says.
    """
    scope = before_choice(site)
    proofs = [*kept_with_consent(site, scope), *tracking_in(site, scope)]
    message = (
        "The text promises that nothing of this kind happens without consent, but before any choice there is {seen}."
    )
    yield from contradicted(site, __name__, proofs, message)
