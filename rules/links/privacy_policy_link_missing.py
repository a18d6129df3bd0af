from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.links.missing import missing_links
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 12(1)", "GDPR Art. 13"),
        "uk": ("UK GDPR Art. 12(1)", "UK GDPR Art. 13"),
        "us-ca": ("Cal. Bus. & Prof. Code § 22575 (CalOPPA)", "Cal. Civ. Code § 1798.130(a)(5) (CCPA)"),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17",),
        "jp": ("APPI Art. 21", "APPI Art. 32(1)"),
        "br": ("LGPD Art. 9",),
        "qc": ("Act respecting the protection of personal information in the private sector, s. 8.2",),
    },
)
def privacy_policy_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A page has no link to the privacy policy.

    Why: Every page of a shop collects data of its visitor, and the law wants the information about it to be easily
    accessible at that moment. A link in the consent banner does not help: it is gone after the choice.

    Fix: Put a link to the privacy policy, named in the page's language, into the footer that all templates share, also the
    reduced ones of basket, checkout and login.
    """
    yield from missing_links(site, "the privacy policy", kinds=("privacy",), own=("privacy",))
