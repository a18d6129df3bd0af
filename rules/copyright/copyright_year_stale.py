from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.copyright.notices import day_of, shown, subject_of
from auditor.shelves import rule
from auditor.site import Site

UCC = "Universal Copyright Convention Art. III(1)"


@rule(
    severity="notice",
    articles={
        "eu": (UCC,),
        "uk": (UCC,),
        "us-ca": ("17 U.S.C. § 401(b)(2)",),
        "kr": (UCC,),
        "cn": (UCC,),
        "jp": (UCC,),
        "br": (UCC,),
        "qc": (UCC,),
    },
)
def copyright_year_stale(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The copyright notice ends in a past year.

    Why: The year of the first publication is legally enough, hence a notice. But an old year tells visitors that nobody looks
    after the shop, and often the legal texts are as old. The year is compared with the day on which the run started; in
    January the last year will do.

    Fix: Let the template print the current year, or write “2019–present”.
    """
    found = [item for item in shown(site) if item.notice.end]
    if not found:
        yield Inapplicable(reason="no page shows a copyright notice with a year")
        return
    today = day_of(site)
    if today is None:
        yield Unknown(reason="the run does not say when it started")
        return
    least = today.year - (1 if today.month == 1 else 0)
    for item in found:
        if item.notice.end < least and not item.notice.ongoing:
            yield Finding(
                message=f"The copyright notice “{item.notice.text}” ends in {item.notice.end}; it is {today.year}.",
                subject=subject_of(item.notice),
                evidence=item.tally.evidence,
                pages=item.tally.pages,
                quote=item.notice.text,
                confidence="medium" if item.notice.single else "high",
            )
