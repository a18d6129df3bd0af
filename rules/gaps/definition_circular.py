"""The rule ``definition-circular``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, lexicon, matches

REACH = 140  # characters before a definition in which the defined name may stand
SLACK = 6  # characters by which two spellings of one name may differ in length
SHORTEST = 5  # letters of a name; half as many in Chinese, Japanese and Korean
IGNORED = re.compile(r"[\W_]+|\b(?:the|die|der|das|le|la|les|el|los|las|il|lo|i|gli|l)\b", re.IGNORECASE)
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What may stand before a name in Korean, Chinese and Japanese: nothing, a mark, a particle or a preposition
BORDER = re.compile(r"(?:^|[^\w\s]|[은는이가을를의에로와과] |및 |[由是为的与和在于至经向对]|[はがをにのとでや])\s?$")
MESSAGE = "The name is defined by itself"


@text_rule(severity="warning", articles=INTELLIGIBLE, languages=LANGUAGES)
def definition_circular(page: LegalPage) -> Iterator[Passage]:
    """A definition explains a name by the same name.

    Why: a definition tells who or what a name stands for; one that repeats the name tells nothing, and in most texts the company
    that should have stood there was lost.

    Fix: name the legal entity or the thing in full, and define a short name for it.
    """
    document = page.document
    assert document is not None
    for start, end in (*_renamed(document), *_explained(document)):
        yield Passage(start=start, end=end, slot="text", anchor=document.text[start:end], message=MESSAGE)


def _renamed(document: Document) -> Iterator[tuple[int, int]]:
    """Where a bracket gives something the name that it has already."""
    for on, pattern in _patterns("short"):
        for match in matches(document, pattern, on):
            before = document.text[max(match.start() - REACH, 0) : match.start()].rpartition("\n")[2]
            same = _same_before(before, match["name"])
            bare = match.group()[1:2] in '"“„«' and _foreign().search(same)
            if same and not bare and not _is_term(match["name"], same):
                yield match.start() - len(before) + before.rindex(same), match.end()


def _explained(document: Document) -> Iterator[tuple[int, int]]:
    """Where a term is said to mean the same term."""
    for on, pattern in _patterns("means"):
        for match in matches(document, pattern, on):
            if _normal(match["term"]) == _normal(match["meaning"]):
                yield match.span()


def _same_before(before: str, name: str) -> str:
    """The end of what stands before a definition, when it is the very name that is given."""
    wanted = _normal(name)
    head = before.rstrip(' ,，、"“”’»」』')
    if len(wanted) < (SHORTEST // 2 if CJK.search(name) else SHORTEST):
        return ""
    for size in range(max(len(name) - SLACK, 1), min(len(name) + SLACK, len(head)) + 1):
        same = head[-size:].lstrip()
        if _normal(same) == wanted and _is_whole(head[: len(head) - len(same)], same):
            return same
    return ""


def _is_whole(before: str, same: str) -> bool:
    """Whether a name is not just the end of a longer one, of which it may be the short form."""
    if CJK.match(same):
        return BORDER.search(before) is not None
    word = before.split(" ")[-2] if before.endswith(" ") and before.strip() else ""
    common = word.casefold() in _common() or IGNORED.fullmatch(word)
    return not before[-1:].isalnum() and not (CAPITAL.match(word) and word[-1].isalnum() and not common)


def _is_term(name: str, same: str) -> bool:
    """Whether a common word is made a term: "the customers (hereinafter: Customers)" is no fault."""
    if CJK.search(name):
        return _common_in_cjk().fullmatch(name) is not None
    return not CAPITAL.search(same) or _common().issuperset(re.findall(r"[^\W\d_]+", name.casefold()))


def _normal(text: str) -> str:
    return IGNORED.sub("", text.casefold())


@cache
def _patterns(kind: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((tuple(table["on"]), re.compile(table["find"], re.IGNORECASE)) for table in lexicon("circular")[kind])


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon("circular")["terms"]["words"].split())


@cache
def _foreign() -> re.Pattern[str]:
    """Services that every text names in the same way."""
    return re.compile(lexicon("names")["foreign"], re.IGNORECASE)


@cache
def _common_in_cjk() -> re.Pattern[str]:
    return re.compile(lexicon("circular")["terms"]["cjk"])
