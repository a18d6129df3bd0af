"""One text or page at hand, read by the text rules without a run: for those who write it, and for editors' plug-ins."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from auditor.document import OBJECT, Document, from_text, read
from auditor.language import language_of
from auditor.legal import LegalPage
from auditor.legal_names import kinds_of
from auditor.model import LEGAL_KINDS, Page
from auditor.passages import Item, Passage, concerns, passages_of, unreadable
from auditor.shelves import Rule

MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|li|table|tr|td|a|span|br|b|strong|em|img)\b[^>]*>",
    re.IGNORECASE,
)
# What is no text, a character reference, or a run of text
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|template|noscript|head)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^>]*(?:>|\Z)|<[!?][^>]*>"
    r"|(?P<reference>&#?\w{1,32};?)|(?P<text>[^<&]+|[<&])",
    re.IGNORECASE | re.DOTALL,
)


class Reading:
    """A source as given, and the legal page that it is read as.

    ``kind``: one of model.LEGAL_KINDS, else the title and the first heading decide, else all kinds are tried. ``language``: ISO
    639-1, else it is detected.
    """

    def __init__(self, source: str, *, markup: bool | None = None, url: str = "", kind: str = "", language: str = ""):
        self.source = source
        self.markup = bool(MARKUP.search(source)) if markup is None else markup
        document = read(source, url) if self.markup else from_text(source, url)
        self.page = LegalPage(
            page=Page(id="page:0", url=url or "text"),
            kinds=(kind,) if kind else _kinds(document),
            language=language or language_of(document.main_text, document.language),
            document=document,
            evidence=("page:0",),
        )

    @property
    def document(self) -> Document:
        assert self.page.document is not None
        return self.page.document

    def passages(self, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Passage]]:
        """What text rules tell, in the order of the text."""
        found = [
            (rule, passage)
            for rule in rules
            if rule.look and concerns(self.page, rule.kinds) and not unreadable(self.page, rule.languages)
            for passage in passages_of(rule.look, self.page)
        ]
        yield from sorted(found, key=lambda told: (told[1].start, told[1].end, told[0].id))

    def items(self, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Item]]:
        """What the rules about duties say, in the order of ``rules``."""
        for rule in rules:
            if rule.item and concerns(self.page, rule.kinds) and not unreadable(self.page, rule.languages):
                yield rule, rule.item(self.page)

    def silent(self, rules: Iterable[Rule]) -> dict[str, str]:
        """The text rules that cannot judge this page, with the reason."""
        concerned = (rule for rule in rules if (rule.look or rule.item) and concerns(self.page, rule.kinds))
        return {rule.id: reason for rule in concerned if (reason := unreadable(self.page, rule.languages))}

    def quote(self, start: int, end: int) -> str:
        """``document.text[start:end]`` on one line."""
        return " ".join(self.document.text[start:end].split())

    def in_source(self, start: int, end: int) -> tuple[int, int]:
        """Where ``document.text[start:end]`` stands in the source, in characters."""
        positions, places = self._places
        first, last = bisect_left(positions, start), bisect_left(positions, end)
        if first >= len(places):
            return (len(self.source), len(self.source))
        begin = places[first][0]
        return (begin, max(begin, places[last - 1][1])) if last > first else (begin, begin)

    @cached_property
    def _places(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Positions of the document's characters, ascending, and where each begins and ends in the source.

        The document keeps the source's order, so that each piece is looked for behind the last.
        """
        letters, places = _letters(self.source, self.markup)
        positions, found, cursor = [], [], 0
        for match in re.finditer(rf"[^\n{OBJECT}]+", self.document.text):
            for piece, start in _pieces(match.group(), match.start(), letters, cursor):
                at = letters.find("".join(piece.split()), cursor)
                if at < 0:
                    continue
                inner = [start + offset for offset, letter in enumerate(piece) if not letter.isspace()]
                positions += inner
                found += places[at : at + len(inner)]
                cursor = at + len(inner)
        return positions, found


def _kinds(document: Document) -> tuple[str, ...]:
    heading = next((document.of(block) for block in document.blocks if block.kind == "heading"), "")
    found = {*kinds_of(document.title), *kinds_of(heading)}
    return tuple(kind for kind in LEGAL_KINDS if kind in found) or LEGAL_KINDS


def _pieces(text: str, start: int, letters: str, cursor: int) -> Iterator[tuple[str, int]]:
    """A line of the document, or its words when the source does not have it as it is (a protected address stands in it)."""
    if letters.find("".join(text.split()), cursor) >= 0:
        yield text, start
        return
    for word in re.finditer(r"\S+", text):
        yield word.group(), start + word.start()


def _letters(source: str, markup: bool) -> tuple[str, list[tuple[int, int]]]:
    """The source's visible characters without white space, and where each of them begins and ends."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end, text in _runs(source) if markup else [(0, len(source), source)]:
        width = 1 if len(text) == end - start else 0
        for offset, letter in enumerate(text):
            if not letter.isspace():
                letters.append(letter)
                places.append((start + offset, start + offset + 1) if width else (start, end))
    return "".join(letters), places


def _runs(source: str) -> Iterator[tuple[int, int, str]]:
    for match in TOKEN.finditer(source):
        if match.group("text"):
            yield match.start(), match.end(), match.group("text")
        elif match.group("reference"):
            yield match.start(), match.end(), html.unescape(match.group("reference"))
