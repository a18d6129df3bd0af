"""The rule ``residue-of-shop``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import lexicon

LONGEST = 100  # characters of a line that can be the shop's rather than a clause
MESSAGE = "A line of the shop's frame stands in the legal text"


@text_rule(severity="notice", articles=INTELLIGIBLE, kinds=("privacy", "cookies", "terms", "copyright"))
def residue_of_shop(page: LegalPage) -> Iterator[Passage]:
    """Words of the shop's frame, its cart or a comment form, stand in the middle of a legal text.

    Why: the page was made from a template for articles or goods; who reads or prints the text cannot tell what belongs to it, and a form
    there collects personal data that nobody wanted.

    Fix: show legal texts in a template of their own, without cart, categories and comments.
    """
    document = page.document
    assert document is not None
    for block in document.holding(tuple(lexicon("residue")["on"])):
        lawful = block.part != "main" or block.kind in ("item", "term") or block.end - block.start > LONGEST
        if not lawful and _line().fullmatch(document.of(block)):
            start, end = block.start, block.end
            yield Passage(start=start, end=end, slot="text", anchor=document.of(block), message=MESSAGE)


@cache
def _line() -> re.Pattern[str]:
    lines = "|".join(f"(?:{line})" for line in lexicon("residue")["lines"])
    return re.compile(rf"\W{{0,3}}(?:{lines})\W{{0,3}}", re.IGNORECASE)
