from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.consent.evidence import Scope
from auditor.rules.match.claims import contradicted, tracking_in
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {
    "us-ca": (
        "Cal. Code Regs. tit. 11, § 7025",
        "Cal. Code Regs. tit. 11, § 7011(e)(3)(F)",
        "FTC Act § 5 (15 U.S.C. § 45)",
    )
}
SELLING = frozenset({"ad", "social"})


@rule(severity="error", needs=("legal-pages", "visits:gpc", "requests"), articles=ARTICLES)
def signal_claim_false(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text claims that the browser's privacy signal is honoured, and advertisers are contacted although it is on.

    Why: Global Privacy Control is an opt-out by law in California; to claim that it works while it does not also deceives the visitor.

    Fix: Load no advertising while navigator.globalPrivacyControl is on, or while the request carries Sec-GPC: 1.
    """
    visits = {visit.id: visit for visit in site.visits_in("gpc", "ok")}
    proofs = tracking_in(site, Scope(visits=visits, phase="before", when=""), SELLING)
    message = (
        "The text claims that Global Privacy Control is honoured, but with the signal on there is contact to {seen}."
    )
    yield from contradicted(site, __name__, proofs, message, languages=("en", "es"))
