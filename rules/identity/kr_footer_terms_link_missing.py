"""The rule ``kr-footer-terms-link-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.carrying import seen_by_page
from auditor.rules.identity import korea
from auditor.rules.identity.places import home_of, writes
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 10(1)(5)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_terms_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page has no link to the terms of use (이용약관).

    Why: of all that the law wants on the first screen only the terms may stand behind a link, and the link has to be there; terms
    that are shown at the sign-up alone do not do.

    Fix: link “이용약관” in the footer of the home page.
    """
    home = home_of(site, "ko")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    links, visits = LegalLinks.of(site), seen_by_page(site).get(home.page.url, [])
    if links.on_page(home.page, "terms") or any(links.on_visit(visit, "terms") for visit in visits):
        return
    if not writes(home, "ko"):
        yield Unknown(
            reason="the home page is not in Korean: look whether the shop has one that is", evidence=home.evidence
        )
        return
    if not visits and (home.document.client_templates or not home.page.blocks):
        yield Unknown(reason="scripts may add the link: look in a browser", evidence=home.evidence)
        return
    yield Finding(
        message="The home page has no link to the terms of use",
        subject=korea.SUBJECT,
        evidence=home.evidence,
        pages=home.pages,
    )
