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
    start = end = -1
    for match in _damage().finditer(text):
        if match.start() > end + BESIDE:
            if end > 0:
                yield start, end
            start = BEFORE.search(text, max(match.start() - TOKEN, 0), match.start()).start()  # type: ignore[union-attr]
        end = max(end, AFTER.match(text, match.end(), match.end() + TOKEN).end())  # type: ignore[union-attr]
    if end > 0:
        yield start, end


@cache
def _damage() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("damage")["patterns"]))
