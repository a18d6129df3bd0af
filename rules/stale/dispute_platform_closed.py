"""The rule ``dispute-platform-closed``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import sentences
from auditor.rules.stale.articles import DISPUTES
from auditor.rules.stale.names import Names, names

ADDRESS = re.compile(r"europa\.eu/(?:consumers/)?odr", re.IGNORECASE)
MESSAGE = "The European Union’s platform for online dispute resolution was closed on 20 July 2025"


@text_rule(
    severity="warning", articles=DISPUTES, kinds=("privacy", "terms", "imprint", "returns", "contact", "copyright")
)
def dispute_platform_closed(page: LegalPage) -> Iterator[Passage]:
    """A text sends customers to the European platform for online dispute resolution, which is closed.

    Why: the platform takes no complaints since 20 July 2025, and the duty to link to it is gone; who is sent there is misled.

    Fix: delete the link and the sentence; what must be said of arbitration boards stays.
    """
    document = page.document
    assert document is not None
    lexicon = names("dispute_platform_closed")
    linked = {
        document.block_at(span.start)
        for span in document.spans_in(0, len(document.text), "link")
        if _is_it(span.target)
    }
    blocks = {block.number: block for block in (*document.holding(lexicon.on), *linked)}
    for _, block in sorted(blocks.items()):
        place = _place(document, block, lexicon)
        if place:
            anchor = document.text[slice(*place)]
            yield Passage(start=place[0], end=place[1], slot="clause", anchor=anchor, message=MESSAGE)


def _is_it(target: str | None) -> bool:
    return bool(target and ADDRESS.search(target))


def _place(document: Document, block: Block, lexicon: Names) -> tuple[int, int] | None:
    """From the first to the last sentence of a block that speaks of the platform; None when it says that it is closed."""
    if lexicon.gone.search(document.of(block)):
        return None
    spoken = [
        (start, end)
        for start, end in sentences(document, block)
        if lexicon.find.search(document.text, start, end)
        or any(_is_it(span.target) for span in document.spans_in(start, end, "link"))
    ]
    return (spoken[0][0], spoken[-1][1]) if spoken else None
