"""The rule ``cn-business-licence-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity.countries import mark, shown
from auditor.rules.identity.korea import has_telling_picture
from auditor.rules.identity.places import home_of, writes
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", articles={"cn": ("E-Commerce Law Art. 15", "E-Commerce Law Art. 76")}, languages=("zh",))
def cn_business_licence_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page shows neither the business licence (营业执照) nor a link to it.

    Why: who sells online in China has to keep the licence's particulars, or a link that leads to them, in a conspicuous place of
    the home page; the fine is up to 10,000 yuan. A shop without a licence has to say why it needs none.

    Fix: show the unified social credit code in the footer, or link “营业执照” to a picture of the licence.
    """
    home = home_of(site, "zh")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    if shown("cn", "licence", [home]):
        return
    if not writes(home, "zh"):
        yield Unknown(
            reason="the home page is not in Chinese: a foreign seller has no such licence", evidence=home.evidence
        )
    elif mark("cn", "licence").search(site.html(home.page) or ""):
        yield Unknown(reason="a link or a picture may show the licence: look in a browser", evidence=home.evidence)
    elif has_telling_picture(home.document) or not home.page.copyright:
        yield Unknown(
            reason="the footer may be a picture or written by scripts: look in a browser", evidence=home.evidence
        )
    else:
        yield Finding(
            message="The home page shows neither the business licence nor a link to it",
            subject="home page",
            evidence=home.evidence,
            pages=home.pages,
            confidence="medium",
        )
