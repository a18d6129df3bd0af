"""The rule ``cn-filing-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity.countries import mark, marks, shown
from auditor.rules.identity.places import home_of
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"cn": ("Measures for the Administration of Internet Information Services Art. 4, 12",)},
)
def cn_filing_number_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page of a site under a Chinese domain shows no ICP filing number (ICP备案号).

    Why: a site that is hosted in mainland China has to be filed with the Ministry of Industry and Information Technology and to
    show the number at the foot of its home page; hosts switch sites off that do not. Sites that are hosted elsewhere have none.

    Fix: show the number in the footer (“京ICP备…号”), linked to beian.miit.gov.cn.
    """
    home = home_of(site, "zh")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    if shown("cn", "icp", [home]):
        return
    source = site.html(home.page) or ""
    if mark("cn", "icp").search(source) or mark("cn", "registry").search(source):
        yield Unknown(
            reason="the page's source holds a filing: look in a browser whether it is seen", evidence=home.evidence
        )
    elif site.domain.rpartition(".")[2] not in marks("cn")["endings"]:
        reason = "where the shop is hosted is not known: only sites in mainland China have to be filed"
        yield Unknown(reason=reason, evidence=home.evidence)
    elif not home.page.copyright and not any(block.place == "footer" for block in site.blocks(home.page)):
        yield Unknown(reason="scripts may write the footer: look in a browser", evidence=home.evidence)
    else:
        yield Finding(
            message="The home page shows no ICP filing number",
            subject="home page",
            evidence=home.evidence,
            pages=home.pages,
            confidence="medium",
        )
