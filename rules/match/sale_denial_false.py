from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Request, Unknown
from auditor.rules.consent.evidence import trackers
from auditor.rules.match.claims import Proof, anytime, contradicted
from auditor.shelves import rule
from auditor.site import Site
from auditor.tracking import strongest

ARTICLES = {
    "us-ca": (
        "Cal. Civ. Code § 1798.140(ad) and (ah)",
        "Cal. Civ. Code § 1798.130(a)(5)(C)",
        "People v. Sephora USA (2022)",
    )
}
SELLING = frozenset({"ad", "social"})
LIMITED = ("rdp=1", "dpo=LDU", "us_privacy=1YY", "us_privacy=1-Y")  # data that may only serve the shop itself


@rule(severity="error", needs=("legal-pages", "visits:untouched", "requests"), articles=ARTICLES)
def sale_denial_false(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text denies that personal information is sold or shared, and advertisers receive it.

    Why: In California, data that an advertising network receives in return for its services is sold, and data for advertising across
    contexts is shared, whether money flows or not. Requests that limit the use to the shop (rdp=1, dpo=LDU) do not count.

    Fix: Correct the text and offer the opt-out, or take the advertising tags out.
    """
    message = "The text denies that personal information is sold or shared, but it goes to {seen}."
    yield from contradicted(site, __name__, advertisers(site), message, languages=("en", "es"))


def advertisers(site: Site) -> list[Proof]:
    """Who receives data for advertising, without a mark that limits what for."""
    found: dict[str, Proof] = {}
    for scope in anytime(site):
        for name, contacts in trackers(site, scope).items():
            selling = [(one, judged) for one, judged in contacts if judged.party.category in SELLING]
            if selling and not any(_limited(one) for one, _ in selling):
                request, judged = strongest(selling)
                who = f"{judged.party.company} ({name})" if judged.party.company else name
                found[name] = Proof(name=who, evidence=(request.id, request.visit), confidence=judged.confidence)
    return list(found.values())


def _limited(request: Request) -> bool:
    return any(mark in request.url for mark in LIMITED)
