from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.match.articles import TRUE
from auditor.rules.match.claims import anytime, contradicted, kept_with_consent, tracking_in
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("legal-pages", "visits:untouched", "requests", "cookies", "storage"), articles=TRUE)
def cookie_denial_false(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text denies cookies or tracking, and the shop uses them.

    Why: Who reads that there are no cookies, only necessary ones, or no tracking has no reason to refuse or to complain. Only what needs
    consent counts as a contradiction, not the session of the basket.

    Fix: Take the trackers out, or say truly what is used and ask for consent.
    """
    scopes = anytime(site)
    proofs = [proof for scope in scopes for proof in kept_with_consent(site, scope)]
    proofs += [proof for scope in scopes for proof in tracking_in(site, scope)]
    yield from contradicted(site, __name__, proofs, "The text denies cookies or tracking, but the shop uses {seen}.")
    state = site.scenario_state("accepted")
    if not proofs and state.state == "failed":
        yield Unknown(reason=f"scenario accepted: {state.reason}", evidence=state.evidence)
