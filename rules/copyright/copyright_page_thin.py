"""The rule ``copyright-page-thin``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import OBJECT
from auditor.language import SUPPORTED
from auditor.legal import LegalPage, legal_pages
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.passages import unreadable
from auditor.rules.copyright.articles import NOTICE
from auditor.rules.copyright.words import lexicon
from auditor.rules.links.substance import LEAST_WORDS, count_words
from auditor.shelves import rule
from auditor.site import Site

WORDS = 80  # about 600 characters: no room for use, marks and contact
QUOTE = 200


@rule(severity="notice", needs=("legal-pages",), languages=SUPPORTED, articles=NOTICE)
def copyright_page_thin(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A page about copyright is short and leaves out what people look for there.

    Why: whoever wants to use a picture, or finds a work of their own in the shop, asks what is allowed and where to write. A page
    that only repeats the notice answers neither. Pages with hardly any text are told by ``legal-page-empty``.

    Fix: say what may be done with texts and pictures and on what conditions, whose the trademarks are, and where to report an
    infringement.
    """
    named = re.compile(lexicon()["page"]["named"], re.IGNORECASE)
    pages = [
        page
        for page in legal_pages(site)
        if page.kinds == ("copyright",) and named.search(f"{page.page.heading} {page.page.title} {page.path}")
    ]
    if not pages:
        yield Inapplicable(reason="the shop has no page about copyright alone")
    for page in pages:
        if reason := unreadable(page, SUPPORTED):
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
        elif missing := _missing(page):
            assert page.document is not None
            text = " ".join(page.document.main_text.split())
            yield Finding(
                message=f"The page about copyright is short and does not say {' nor '.join(missing)}.",
                subject=page.path,
                evidence=page.evidence,
                pages=Pages.of(page.urls),
                quote=text[:QUOTE],
                confidence="medium",
            )


def _missing(page: LegalPage) -> list[str]:
    """What a short page leaves out; [] when it is long or says at least two of the three."""
    assert page.document is not None
    document = page.document
    text = document.main_text
    if not LEAST_WORDS["copyright"] <= count_words(text) < WORDS or OBJECT in text:
        return []
    words = lexicon()["page"]
    contact = any(span.kind in ("link", "email") for span in document.spans_in(0, len(document.text), "email"))
    absent = [
        ("what may be done with the works", re.search(words["use"], text, re.IGNORECASE)),
        ("whose the trademarks are", re.search(words["marks"], text, re.IGNORECASE)),
        ("where to report an infringement", contact or re.search(words["contact"], text, re.IGNORECASE)),
    ]
    missing = [what for what, there in absent if not there]
    return missing if len(missing) > 1 else []
