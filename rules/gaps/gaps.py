"""From places in a text to findings: what all rules of this family share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage, legal_pages
from auditor.model import Confidence, Finding, Inapplicable, Pages, Unknown, record
from auditor.site import Site

LANGUAGES = SUPPORTED
CONTEXT = 120  # characters before and after a quote
QUOTE = 200
MAX_GAPS = 200  # places of one kind that are looked at on a page
ANCHOR = 60  # characters of a text that a finding is called by
OPEN_BRACKET = re.compile(r"[\[【<{«][^\]】>}»\n]*$")
STUB = 50  # words below which a page that embeds another has its text there


@record
class Gap:
    """A place ``text[start:end]`` of a document where something is missing or was left over."""

    start: int
    end: int
    slot: str  # what should stand there: name, e-mail, phone, address, url, number, ...
    anchor: str  # words that name the place for as long as the text around it stays
    message: str
    confidence: Confidence = "high"
    unsure: str = ""  # why a person must look; "" when it is certain
    fix: str = ""


Look = Callable[[LegalPage], Iterator[Gap]]


def judged(site: Site, look: Look, languages: tuple[str, ...] = ()) -> Iterator[Finding | Unknown | Inapplicable]:
    """What ``look`` finds on the shop's legal pages; pages that it cannot judge are unknown.

    ``languages``: those that ``look`` knows; empty when the language does not matter.
    """
    pages = legal_pages(site)
    if not pages:
        yield Inapplicable(reason="no legal page was found")
    for page in pages:
        reason = unreadable(page, languages)
        if reason:
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
        else:
            yield from _told(page, look)


def unreadable(page: LegalPage, languages: tuple[str, ...]) -> str:
    """Why a page's text cannot be judged; "" when it can."""
    document = page.document
    if document is None:
        return page.reason
    if document.frames and len(document.main_text.split()) < STUB:
        return f"the text is embedded from another address ({document.frames[0] or 'unnamed'}) and was not read"
    if languages and page.language and page.language not in languages:
        return f"the text's language is {page.language}, which this rule does not know"
    return ""


def _told(page: LegalPage, look: Look) -> Iterator[Finding | Unknown]:
    """Findings and unknowns of one page. Places called by the same words are one finding, which shows the first."""
    places: dict[str, list[Gap]] = {}
    for gap in sorted(look(page), key=lambda gap: (gap.start, gap.end)):
        if gap.unsure:
            yield Unknown(reason=f"{page.path}: {gap.unsure}", evidence=page.evidence, pages=Pages.of(page.urls))
        else:
            places.setdefault(f"{_where(page, gap)} {gap.slot}: {_anchor(gap)}", []).append(gap)
    for subject, gaps in places.items():
        yield _finding(page, gaps[0], subject, len(gaps))


def _where(page: LegalPage, gap: Gap) -> str:
    """What a gap is called by: the page, or the frame that pages share, so that its fault is told once."""
    assert page.document is not None
    return "frame" if page.document.block_at(gap.start).part == "frame" else page.path


def _anchor(gap: Gap) -> str:
    """The words that a gap is called by: the last before a slot, the first of a sample text, none of them cut."""
    text = " ".join(gap.anchor.split()).strip(" :：,.;")
    if len(text) <= ANCHOR:
        return text or "?"
    if gap.slot == "text":
        return text[:ANCHOR].rpartition(" ")[0] or text[:ANCHOR]
    return text[-ANCHOR:].partition(" ")[2] or text[-ANCHOR:]


def _finding(page: LegalPage, gap: Gap, subject: str, places: int) -> Finding:
    document = page.document
    assert document is not None
    text = document.text
    return Finding(
        message=gap.message + (f" ({places} places)" if places > 1 else ""),
        subject=subject,
        evidence=page.evidence,
        pages=Pages.of(page.urls),
        quote=" ".join(text[gap.start : min(gap.end, gap.start + QUOTE)].split()),
        before=" ".join(text[max(gap.start - CONTEXT, 0) : gap.start].split()),
        after=" ".join(text[gap.end : gap.end + CONTEXT].split()),
        place=document.block_at(gap.start).path,
        confidence=gap.confidence,
        fix=gap.fix,
    )


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A lexicon beside the rules, by file name without ending."""
    path = files(__package__).joinpath(f"lexicon/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def matches(document: Document, pattern: re.Pattern[str], on: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where a pattern matches in what is legal text: not in the page's frame, not in code.

    ``on``: lower-case words, one of which stands in every block that the pattern can match in.
    """
    for block in document.holding(on):
        for match in pattern.finditer(document.text, block.start, block.end):
            if match.end() > match.start() and in_text(document, match.start()):
                yield match


def in_text(document: Document, position: int) -> bool:
    """Whether a position lies in the legal text: in the main part, or in a paragraph beside it, and not in code."""
    block = document.block_at(position)
    if block.part == "frame" or (block.part == "outer" and block.end - block.start < 40):
        return False
    return next(document.spans_in(position, position + 1, "code"), None) is None


def in_brackets(document: Document, position: int) -> bool:
    """Whether a position lies in brackets that the rule for placeholders looks at."""
    return OPEN_BRACKET.search(document.text[max(position - 60, 0) : position]) is not None
