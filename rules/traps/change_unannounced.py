"""The rule ``change-unannounced``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import CHANGES

AT_WILL = f"{__name__}_at_will"
ANNOUNCED = f"{__name__}_unless"
MESSAGE = "The text may be changed without telling anybody"


@text_rule(
    severity="warning", articles=CHANGES, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "copyright")
)
def change_unannounced(page: LegalPage) -> Iterator[Passage]:
    """The shop may change the text without telling anybody.

    Why: whoever gave data or an order under one text cannot know that another applies; new purposes need new information, and
    new terms a notice.

    Fix: promise a notice in good time before a material change, and ask again where consent is the basis.
    """
    quietly = list(told(page, __name__, MESSAGE))
    yield from quietly
    begun = {passage.start for passage in quietly}
    at_will = [passage for passage in told(page, AT_WILL, MESSAGE) if passage.start not in begun]
    # A right to change at any time is harmless when the page promises a notice elsewhere.
    if at_will and not any(told(page, ANNOUNCED, "")):
        yield from at_will
