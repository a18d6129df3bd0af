from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.language.spoken import in_words, offered, policies, same, written_in
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "WP 260 rev.01 para. 13"),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("CCPA Regulations § 7003(b)(2)",),
        "kr": ("PIPA Art. 30(1)-(2)",),
        "cn": ("PIPL Art. 17(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8", "Charter of the French language s. 52"),
    },
)
def policy_language_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The shop speaks a language in which it has no privacy policy.

    Why: Who addresses customers in a language must inform them in it: information that they cannot read is neither
    intelligible nor easily accessible.

    Fix: Publish the privacy policy in every language of the shop, and link each version from the pages in its language.
    """
    pages = policies(site)
    unread = next((page for page in pages if not written_in(page.document)), None)
    known = {language for page in pages for language in written_in(page.document)}
    if not pages:
        yield Inapplicable(reason="no privacy policy was found")
        return
    for language, samples in sorted(offered(site).items()):
        if any(same(language, one) for one in known):
            continue
        if unread is not None:
            reason = f"{unread.path} may be the privacy policy in {language}; its text was not read"
            yield Unknown(reason=reason, evidence=unread.evidence, pages=Pages.of(unread.urls))
        elif _elsewhere(site):
            yield Unknown(reason=f"the privacy policy in {language} may be on another site", evidence=(samples[0].id,))
        else:
            yield Finding(
                message=f"The shop has pages in {in_words([language])} and a privacy policy only in {in_words(known)}.",
                subject=language,
                evidence=(*(page.id for page in samples[:3]), *pages[0].evidence),
                pages=Pages.of(page.url for page in samples),
                confidence="medium",
            )


def _elsewhere(site: Site) -> bool:
    """Whether links that name a privacy policy lead to an address whose text nobody read."""
    read = {url for page in policies(site) for url in page.urls}
    targets = LegalLinks.of(site).targets
    for url in (url for url, target in targets.items() if "privacy" in target.named):
        page = site.resolve(url)
        if page is None or (page.url not in read and page.status == 200):
            return True
    return False
