from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.legal import path_of
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.encryption import unencrypted
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    articles={
        "eu": ("GDPR Art. 32(1)(a)",),
        "uk": ("UK GDPR Art. 32(1)(a)",),
        "us-ca": ("Cal. Civ. Code § 1798.100(e)",),
        "kr": ("PIPA Art. 29",),
        "cn": ("PIPL Art. 51",),
        "jp": ("APPI Art. 23",),
        "br": ("LGPD Art. 46",),
        "qc": ("Law 25: P-39.1 s. 10",),
    },
)
def legal_link_insecure(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A link leads from an encrypted shop to a legal page that is not encrypted.

    Why: Anybody on the way can read and change the text of an unencrypted page, and browsers warn of it. A link to http that
    redirects to https at once is left alone.

    Fix: Write the address with https, and redirect all of http to https.
    """
    if urlsplit(site.url).scheme != "https":
        yield Inapplicable(reason="the shop itself is not encrypted, which other rules judge")
        return
    for url, target in LegalLinks.of(site).targets.items():
        if not site.own(url) or not unencrypted(url) or not target.kinds - {"contact"}:
            continue
        came = arrival(site, url)
        if came.how == "not-crawled":
            yield Unknown(reason=f"the link “{target.text}” leads to {url}, which was not crawled")
        elif came.how == "end" and came.page is not None and came.page.status == 200 and unencrypted(came.page.url):
            yield Finding(
                message=f"The link “{target.text}” leads to an address with http, which answers without encryption.",
                subject=path_of(url),
                evidence=(came.page.id,),
                pages=Pages.of([url]),
                quote=target.text,
            )
