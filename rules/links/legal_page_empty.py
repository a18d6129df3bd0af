from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import legal_pages, path_of
from auditor.model import Confidence, Finding, Page, Pages, Unknown, Visit
from auditor.rules.carrying import seen_by_page
from auditor.rules.links import substance
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks, Target
from auditor.rules.links.legal_page_walled import asks_for_password
from auditor.rules.links.soft_404 import is_soft_404
from auditor.rules.links.substance import LEAST_WORDS, NAMES, Seen
from auditor.shelves import rule
from auditor.site import HTML, Site

_LOGIN = ("login", "signin", "sign-in", "log-in", "anmelden", "connexion", "account")


@rule(
    severity="error",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "GDPR Art. 13", "Directive 2000/31/EC Art. 5"),
        "de": ("DDG § 5",),
        "uk": ("UK GDPR Art. 12(1)", "UK GDPR Art. 13"),
        "us-ca": ("Cal. Bus. & Prof. Code § 22575 (CalOPPA)",),
        "kr": ("PIPA Art. 30(2)", "E-Commerce Act Art. 10(1)"),
        "cn": ("PIPL Art. 17", "E-Commerce Law Art. 50"),
        "jp": ("APPI Art. 32(1)", "Act on Specified Commercial Transactions Art. 11"),
        "br": ("LGPD Art. 9",),
        "qc": ("Act respecting the protection of personal information in the private sector, s. 8.2",),
    },
)
def legal_page_empty(site: Site) -> Iterator[Finding | Unknown]:
    """A link to a legal page ends on a page that says nothing.

    Why: A title without a text, an error page that answers as if all were well, or the home page in place of the document
    inform nobody, although every link checker is content.

    Fix: Publish the document at this address, and let addresses that do not exist answer 404.
    """
    judged: set[str] = set()
    visits = seen_by_page(site)
    for url, target in LegalLinks.of(site).targets.items():
        if not site.own(url) or not target.kinds:
            continue
        came = arrival(site, url)
        page = came.page
        if came.how != "end" or page is None or page.status != 200 or page.content_type not in HTML:
            continue  # the business of legal-link-broken, or a document that is no web page
        if substance.is_home(site, page.url):
            yield from _at_home(target, page, came.hops)
        elif came.hops and _asks_to_log_in(page, target):
            if not asks_for_password(page):  # else it is the business of legal-page-walled
                reason = f"{path_of(url)} leads to {path_of(page.url)}, which asks to log in"
                yield Unknown(reason=reason, evidence=(page.id,))
        elif page.url not in judged:
            judged.add(page.url)
            seen = _seen(site, page, visits)
            if is_soft_404(site, page, came.hops, seen.visits) and not substance.says_not_found(seen):
                continue  # the business of legal-link-broken
            sent_home = bool(seen.visits) and all(substance.is_home(site, visit.final_url) for visit in seen.visits)
            yield from _at_home(target, page, came.hops + 1) if sent_home else _judged(site, target, seen)


def _seen(site: Site, page: Page, visits: dict[str, list[Visit]]) -> Seen:
    legal = next((one for one in legal_pages(site) if page.url in one.urls), None)
    shown = [visit for visit in visits.get(page.url, []) if 200 <= visit.status < 300]
    return Seen(page=page, visits=tuple(shown), legal=legal)


def _at_home(target: Target, page: Page, hops: int) -> Iterator[Finding]:
    """A link to the home page by intention is medium: its text may mean something else."""
    kinds = target.kinds - {"contact"}
    if kinds and (hops or target.named - {"contact"}):
        yield Finding(
            message=f"The link “{target.text}” to {path_of(target.url)} ends on the home page, not at the {_name(kinds)}.",
            subject=path_of(target.url),
            evidence=(page.id,),
            pages=Pages.of([target.url]),
            quote=target.text,
            confidence="high" if hops else "medium",
        )


def _asks_to_log_in(page: Page, target: Target) -> bool:
    path = path_of(page.url).lower()
    return any(word in path for word in _LOGIN) and not any(word in path_of(target.url).lower() for word in _LOGIN)


def _judged(site: Site, target: Target, seen: Seen) -> Iterator[Finding | Unknown]:
    kinds = target.named or target.kinds
    least = min(LEAST_WORDS[kind] for kind in kinds)
    if error := substance.says_not_found(seen):
        yield _finding(seen, kinds, f"says “{error}”", error, "high")
        return
    words, confidence = seen.words, "high"
    if words >= least and kinds <= substance.PROSE and (own := substance.own_words(site, seen)) is not None:
        words, confidence = own, "medium"
    if words >= least or substance.suffices(seen, kinds):
        return
    if doubt := _doubt(site, seen):
        reason = f"{path_of(seen.page.url)} holds {_number(words)}, but {doubt}"
        yield Unknown(reason=reason, evidence=seen.evidence, pages=Pages.of([seen.page.url]))
        return
    quote = (seen.document.main_text if seen.document else seen.page.heading or seen.page.title)[:200]
    yield _finding(seen, kinds, f"holds {_number(words)} besides the page's frame", " ".join(quote.split()), confidence)


def _doubt(site: Site, seen: Seen) -> str:
    """Why few words may be enough, or may not be all."""
    if host := substance.embedded_host(site, seen):
        return f"its text may be in the page of {host} that it embeds"
    if not seen.visits and (not seen.page.heading or (seen.document and seen.document.client_templates)):
        return "scripts may write its text, and it could not be visited"
    return "its text may be in a picture" if substance.own_pictures(site, seen) else ""


def _finding(seen: Seen, kinds: set[str], fault: str, quote: str, confidence: Confidence) -> Finding:
    path = path_of(seen.page.url)
    return Finding(
        message=f"The {_name(kinds)} at {path} {fault}.",
        subject=path,
        evidence=seen.evidence,
        pages=Pages.of([seen.page.url]),
        quote=quote,
        confidence=confidence,
    )


def _name(kinds: set[str]) -> str:
    return next(name for kind, name in NAMES.items() if kind in kinds)


def _number(words: int) -> str:
    return f"{words} word{'' if words == 1 else 's'}" if words else "no text"
