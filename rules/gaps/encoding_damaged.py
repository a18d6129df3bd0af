"""The rule ``encoding-damaged``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import in_text, lexicon

MAX_PLACES = 20
ANCHOR = "damaged letters"  # all places of a page are one fault: one wrong setting makes them all
TOKEN = 40  # characters of the damaged word that are quoted on either side
LATIN = r"[A-Za-zÀ-ɏ'’&#;?\\]*"
BEFORE = re.compile(rf"{LATIN}\Z")
AFTER = re.compile(LATIN)
BESIDE = 4  # characters between two damaged places that are one
MESSAGE = (
    "Letters were damaged on the way: the text was read in another encoding than it was written in, or escaped twice"
)
FIX = "Serve and store the text in UTF-8 throughout, and enter the damaged words anew: they cannot be repaired by the browser."


@text_rule(severity="warning", articles=INTELLIGIBLE)
def encoding_damaged(page: LegalPage) -> Iterator[Passage]:
    """Letters of a legal page are shown as other signs, because of a wrong encoding or a double escape.

    Why: a text with "donnÃ©es" and "user&amp;#39;s" in it is hard to read, a name or an amount in it may be wrong, and where letters were
    replaced by question marks nobody can tell what was written.

    Fix: serve and store the text in UTF-8 throughout, and enter the damaged words anew.
    """
    document = page.document
    assert document is not None
    for start, end in islice(_words(document.text), MAX_PLACES):
        if in_text(document, start):
            yield Passage(start=start, end=end, slot="text", anchor=ANCHOR, message=MESSAGE, fix=FIX)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The words in which letters are damaged; damaged words beside each other are one place."""
    places: list[tuple[int, int]] = []
    for match in _matches(text):
        before = BEFORE.search(text, max(match.start() - TOKEN, 0), match.start())
        after = AFTER.match(text, match.end(), match.end() + TOKEN)
        assert before is not None and after is not None
        if places and match.start() <= places[-1][1] + BESIDE:
            places[-1] = (places[-1][0], max(places[-1][1], after.end()))
        else:
            places.append((before.start(), after.end()))
    for start, end in places:
        if any(character.isalnum() for character in text[max(start - BESIDE, 0) : end + BESIDE]):
            yield start, end


def _matches(text: str) -> list[re.Match[str]]:
    found = [
        match
        for on, pattern in _damage()
        if not on or any(sign in text for sign in on)
        for match in islice(pattern.finditer(text), MAX_PLACES * 5)
    ]
    return sorted(found, key=lambda match: match.start())


@cache
def _damage() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((tuple(table.get("on", ())), re.compile(table["find"])) for table in lexicon("damage")["damage"])
