"""The rule ``cn-filing-number-unlinked``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.countries import mark
from auditor.rules.identity.places import home_of
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="notice",
    articles={
        "cn": ("Measures for the Administration of Filing of Non-Commercial Internet Information Services Art. 13",)
    },
)
def cn_filing_number_unlinked(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The ICP filing number on the home page does not link to the ministry's site.

    Why: the number is to be linked to the ministry's filing system, where anybody can look it up.

    Fix: make the number a link to https://beian.miit.gov.cn/.
    """
    home = home_of(site, "zh")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    found = mark("cn", "icp").search(home.document.text)
    if found is None:
        yield Inapplicable(reason="the home page shows no ICP filing number")
    elif not mark("cn", "registry").search(site.html(home.page) or ""):
        yield Finding(
            message=f"The ICP filing number “{found.group()}” does not link to the ministry's site",
            subject="home page",
            evidence=home.evidence,
            pages=home.pages,
            quote=found.group(),
            place=home.document.block_at(found.start()).path,
        )
