"""The rule ``date-impossible``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import in_brackets, in_text, lexicon

FIRST_SHOPS = 1994  # no shop's legal text is older than the first web shops
LAST_YEAR = 2099
LABEL_REACH = 40
YEARS = range(1900, 2200)
YEAR = re.compile(r"[12]\d{3}")
NUMERIC = (
    re.compile(r"(?<![\w.,/-])(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\s?[호号]|[\w/-]|\.\d)"),
    re.compile(r"(?<![\w.,/-])(?P<d>\d{1,2})([-/.])\s?(?P<m>\d{1,2})\2\s?(?P<y>\d{4})(?![\w/-]|\.\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"),
)
MESSAGES = {
    "day": "There is no such day in the calendar",
    "year": "No text of this shop can be from that year",
}


@text_rule(severity="warning", articles=INTELLIGIBLE)
def date_impossible(page: LegalPage) -> Iterator[Passage]:
    """A legal page gives a date that is not in the calendar, or that no version of its text can have.

    Why: customers must be able to tell which version of a text applied to their order; from "31 February" or a version of 1970 they
    cannot.

    Fix: put in the day on which this version of the text took effect.
    """
    document = page.document
    assert document is not None
    end = -1
    for match, fault in sorted(_faults(document), key=lambda found: found[0].start()):
        start = match.start()
        if start >= end and in_text(document, start) and not in_brackets(document, start):
            end = match.end()
            yield Passage(start=start, end=end, slot="date", anchor=match.group(), message=MESSAGES[fault])


def _faults(document: Document) -> Iterator[tuple[re.Match[str], str]]:
    for block in {document.block_at(match.start()) for match in YEAR.finditer(document.text)}:
        for pattern in NUMERIC:
            for match in pattern.finditer(document.text, block.start, block.end):
                yield from _judged(document, match, int(match["d"]), int(match["m"]), swapped=pattern is NUMERIC[1])
        for match in _written().finditer(document.text, block.start, block.end):
            month = _months()[(match["month"] or match["month2"]).lower()]
            yield from _judged(document, match, int(match["d"] or match["d2"]), month)


def _judged(
    document: Document, match: re.Match[str], day: int, month: int, swapped: bool = False
) -> Iterator[tuple[re.Match[str], str]]:
    year = int(match["y"])
    if not (day or month):
        return  # a form's format, which the rules for placeholders know
    before = document.text[max(match.start() - LABEL_REACH, 0) : match.start()]
    if _reference().search(before) or year not in YEARS:
        return
    exists = _is_day(year, month, day) or (swapped and _is_day(year, day, month))
    if not exists:
        yield match, "day"
    elif not FIRST_SHOPS <= year <= LAST_YEAR and _version().search(before):
        yield match, "year"


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(lexicon("dates")["months"], 1) for name in names.split()}


@cache
def _written() -> re.Pattern[str]:
    """A day with its month in letters: 31 February 2024, February 31st, 2024, 31. Februar 2024, 31 de febrero de 2024."""
    month = rf"(?:{'|'.join(sorted(_months(), key=len, reverse=True))})"
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s(?:of\s|de\s)?(?P<month>{month})|(?P<month2>{month})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?)\.?\s(?:de[l]?\s)?(?P<y>\d{{4}})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _version() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon('dates')['version']})\W{{0,4}}$", re.IGNORECASE)


@cache
def _reference() -> re.Pattern[str]:
    """What stands before a number that is no date."""
    return re.compile(rf"(?:{lexicon('dates')['reference']})\W{{0,4}}$", re.IGNORECASE)
