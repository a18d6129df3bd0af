"""The rule ``cookies-without-choice``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import COOKIES

CHOICE = f"{__name__}_unless"


# A warning: the choice may stand on a page of its own, which this look at one page does not see.
@text_rule(severity="warning", articles=COOKIES, languages=SUPPORTED, kinds=("privacy", "cookies"))
def cookies_without_choice(page: LegalPage) -> Iterator[Passage]:
    """Cookies are set of themselves, and the text gives no choice.

    Why: cookies that the shop does not need to work may be set only after consent, and a visitor must be told how to refuse.

    Fix: ask before such cookies are set, and explain how to refuse and to delete them.
    """
    message = "Cookies are set, or follow the visitor, without any choice that the page tells of"
    found = list(told(page, __name__, message))
    if found and not any(told(page, CHOICE, "")):
        yield from found
