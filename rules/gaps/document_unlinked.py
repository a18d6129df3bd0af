"""The rule ``document-unlinked``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.legal_names import kinds_of
from auditor.model import record
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, lexicon, matches

MESSAGE = "The text refers to another document, and nothing on the page leads to it"


@record
class Reference:
    """How a text sends its reader to another of the shop's documents."""

    kind: str
    on: tuple[str, ...]
    find: re.Pattern[str]


@text_rule(severity="warning", articles=INTELLIGIBLE, languages=LANGUAGES)
def document_unlinked(page: LegalPage) -> Iterator[Passage]:
    """A legal page refers to another of the shop's documents that no link on the page leads to.

    Why: what is said only in a document that cannot be reached is not said; often the sample's cookie policy was never written.

    Fix: link the document where it is named, or write here what it should say.
    """
    document = page.document
    assert document is not None
    reachable = _reachable(document)
    if not reachable:  # plain text, or a page whose links were lost: nobody can tell
        return
    for reference in _references():
        if reference.kind in reachable or reference.kind in page.kinds:
            continue
        for match in matches(document, reference.find, reference.on):
            if next(document.spans_in(*match.span(), "link", "control"), None) is None:
                start, end = match.span()
                yield Passage(start=start, end=end, slot="text", anchor=match.group(), message=MESSAGE)


def _reachable(document: Document) -> frozenset[str]:
    """The kinds of documents that links, buttons and headings of a page name; "page" stands for any other."""
    found: set[str] = set()
    for span in document.spans:
        if span.kind == "link" and (span.target or "").strip("# "):
            name = document.text[span.start : span.end]
            found.update(("page", *kinds_of(name, span.target or ""), *kinds_of(name)))
        elif span.kind in ("control", "link"):
            found.update(kinds_of(span.text or document.text[span.start : span.end]))
    if found:
        found.update(
            kind for block in document.blocks if block.kind == "heading" for kind in kinds_of(document.of(block))
        )
    return frozenset(found)


@cache
def _references() -> tuple[Reference, ...]:
    return tuple(
        Reference(kind=table["kind"], on=tuple(table["on"]), find=re.compile(table["find"], re.IGNORECASE))
        for table in lexicon("documents")["reference"]
    )
