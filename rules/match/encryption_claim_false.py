from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.encryption import unencrypted
from auditor.rules.match.articles import TRUE
from auditor.rules.match.claims import Proof, contradicted
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {**TRUE, "eu": ("GDPR Art. 5(1)(a)", "GDPR Art. 32(1)(a)"), "kr": ("PIPA Art. 29",)}
MAX_PAGES = 2000  # that are looked at


@rule(severity="error", needs=("legal-pages",), articles=ARTICLES)
def encryption_claim_false(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text claims that what is sent is encrypted, and pages or forms of the shop use plain http.

    Why: Who trusts the sentence types passwords and addresses into pages that anybody on the way can read and change.

    Fix: Serve every page by https, redirect http to it, and let forms point to https.
    """
    proofs = _plain(site)
    message = "The text claims that what is sent is encrypted, but {seen} uses plain http."
    yield from contradicted(
        site, __name__, proofs, message, kinds=("privacy", "cookies", "terms", "imprint", "contact")
    )


def _plain(site: Site) -> list[Proof]:
    for number, page in enumerate(site.pages()):
        if number >= MAX_PAGES:
            break
        if unencrypted(page.url) and site.own(page.url):
            return [Proof(name="the shop itself", evidence=(page.id,))]
        if any(unencrypted(form.action) and form.fields for form in page.forms):
            return [Proof(name="a form", evidence=(page.id,))]
    return []
