from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain

from auditor.legal import legal_pages
from auditor.model import Finding, Inapplicable, Link, LinkBlock, Pages, Unknown
from auditor.rules.carrying import EVERYWHERE
from auditor.rules.links.commerce import sells
from auditor.shelves import rule
from auditor.site import Site

IN_FORCE = "2025-06-28"  # Directive (EU) 2019/882 Art. 31(2)


@rule(
    severity="notice",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("Directive (EU) 2019/882 Art. 13(2) and Annex V",),
        "de": ("BFSG § 14 and Anlage 3",),
        "fr": ("Code de la consommation Art. L412-13",),
    },
)
def accessibility_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The shop says nothing about its accessibility.

    Why: Since 28 June 2025 shops for consumers must say, in the terms or an equivalent document, how their service meets the
    requirements of accessibility. Services of microenterprises (fewer than ten persons and at most two million euros of turnover
    or balance) are exempt, hence a notice.

    Fix: Publish a short statement on accessibility, in the terms or on a page of its own, and link it in the footer.
    """
    started = site.run.noted("started")
    if not started:
        yield Unknown(reason="the run does not say when it started")
    elif started[:10] < IN_FORCE:
        yield Inapplicable(reason=f"the run is older than the duty ({IN_FORCE})")
    elif not sells(site):
        yield Inapplicable(reason="no cart and no checkout was seen: the shop may not sell on this site")
    elif not _is_mentioned(site) and (first := site.resolve(site.url) or next(site.pages(), None)):
        unread = next((page for page in legal_pages(site) if page.document is None), None)
        if unread is not None:
            yield Unknown(reason=f"{unread.path} may speak of it: {unread.reason}", evidence=unread.evidence)
            return
        yield Finding(
            message="No link, title or legal text of the shop speaks of accessibility.",
            subject=EVERYWHERE,
            evidence=(first.id,),
            pages=Pages.of([first.url]),
            confidence="medium",
        )


def _is_mentioned(site: Site) -> bool:
    words = _words()
    if any(page.document and words.search(page.document.text.lower()) for page in legal_pages(site)):
        return True
    visited = (link for visit in site.visits.values() for link in visit.links)
    every = (f"{link.text} {link.url}" for link in chain(_links(site), visited))
    titles = (f"{page.title} {page.heading}" for page in site.pages())
    return any(words.search(text.lower()) for text in chain(every, titles))


def _links(site: Site) -> Iterator[Link]:
    return (link for block in site.run.fetch(LinkBlock) for link in block.links)


@cache
def _words() -> re.Pattern[str]:
    text = files("auditor.rules.links").joinpath("accessibility_link_missing.toml").read_text(encoding="utf-8")
    return re.compile("|".join(map(re.escape, tomllib.loads(text)["words"])))
