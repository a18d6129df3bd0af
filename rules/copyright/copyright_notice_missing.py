from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.carrying import Absence, survey, told
from auditor.shelves import rule
from auditor.site import Site

UCC = "Universal Copyright Convention Art. III(1)"


@rule(
    severity="notice",
    articles={
        "eu": (UCC,),
        "uk": (UCC,),
        "us-ca": ("17 U.S.C. § 401",),
        "kr": (UCC,),
        "cn": (UCC,),
        "jp": (UCC,),
        "br": (UCC,),
        "qc": (UCC,),
    },
)
def copyright_notice_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A page shows no copyright notice.

    Why: No country demands the notice any more, but it tells whom to ask, and in the United States it takes the defence
    of innocent infringement away. A template without it is often a template whose footer was forgotten.

    Fix: Put “© year, holder” into the footer that all templates share.
    """

    def finding(absence: Absence) -> Finding:
        verb = "shows" if absence.tally.count == 1 and absence.of > 1 else "show"
        return Finding(
            message=f"{absence.where} {verb} no copyright notice.",
            subject=absence.subject,
            evidence=absence.tally.evidence,
            pages=absence.tally.pages,
            confidence=absence.confidence,
        )

    found = survey(site, lambda page: bool(page.copyright), lambda visit: bool(visit.copyright))
    yield from told(found, finding, "a copyright notice")
