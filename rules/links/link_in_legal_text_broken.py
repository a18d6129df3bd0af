from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote, urljoin

from auditor.document import Span
from auditor.legal import LegalPage, legal_pages, path_of
from auditor.model import Finding, Inapplicable, Unknown
from auditor.passages import Passage, finding
from auditor.rules.gaps.articles import ACCESSIBLE
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks
from auditor.shelves import rule
from auditor.site import Site

_WALLS = frozenset({401, 403, 405, 407, 429, 451, 503})
_MAIL = re.compile(r"[^\s@,;]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,23}")
_MARK = re.compile(r"[{}\[\]<>%]|@.*@.*@")


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles=ACCESSIBLE,
)
def link_in_legal_text_broken(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A link inside a legal text leads to a page of the shop that is gone, or to an e-mail address that cannot be.

    Why: The text sends the visitor to a form, a table or a person, and the way ends in an error. Only pages of the shop are
    looked at; links to other legal pages are judged by legal-link-broken.

    Fix: Correct the address, or take the link out.
    """
    pages = legal_pages(site)
    if not pages:
        yield Inapplicable(reason="no legal page was found")
    for page in pages:
        if page.document is None:
            yield Unknown(reason=f"{page.path}: {page.reason}", evidence=page.evidence)
            continue
        told: set[str] = set()
        for span in page.document.spans:
            if span.kind != "link" or page.document.block_at(span.start).part == "frame":
                continue
            fault, name, evidence = _fault(site, page, span)
            if fault and name not in told:
                told.add(name)
                yield _finding(page, span, fault, name, evidence)


def _fault(site: Site, page: LegalPage, span: Span) -> tuple[str, str, tuple[str, ...]]:
    """What is wrong with a link, what to call it, and the answer that shows it."""
    target = (span.target or "").strip()
    scheme, _, rest = target.partition(":")
    if scheme.lower() == "mailto":
        address = unquote(rest.partition("?")[0]).strip()
        wrong = (
            bool(address)
            and not _MARK.search(address)
            and not all(map(_MAIL.fullmatch, re.split(r"\s*[,;]\s*", address)))
        )
        return ("“{}” opens an e-mail to “" + address[:80] + "”, which is no address") if wrong else "", address, ()
    resolved = next((link.url for link in site.links(page.page) if link.href == target and link.url), "")
    url = (resolved or urljoin(page.page.url, target)).partition("#")[0]
    if not target or target.startswith("#") or not url.startswith("http") or not site.own(url):
        return "", "", ()
    if url in LegalLinks.of(site).targets:
        return "", "", ()
    came = arrival(site, url)
    status = came.page.status if came.how == "end" and came.page else 0
    seen = any(visit.url == url and 200 <= visit.status < 300 for visit in site.visits.values())
    if status < 400 or status >= 500 or status in _WALLS or seen or came.page is None:
        return "", "", ()
    return f"“{{}}” leads to {path_of(url)}, which answers with status {status}", path_of(url), (came.page.id,)


def _finding(page: LegalPage, span: Span, fault: str, name: str, evidence: tuple[str, ...]) -> Finding:
    assert page.document is not None
    text = page.document.text[span.start : span.end].strip("\ufffc ")
    message = "The link " + fault.replace("{}", text[:80] or name) + "."
    place = Passage(start=span.start, end=span.end, slot="link", anchor=text, message=message)
    found = finding(page, place, f"{page.path} link: {name}")
    return replace(found, evidence=(*page.evidence, *evidence))
