"""The rule ``authority-foreign``."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import clauses, told
from auditor.rules.traps.articles_more import TRANSFER


@text_rule(severity="warning", articles=TRANSFER, languages=SUPPORTED, kinds=("privacy",))
def authority_foreign(page: LegalPage) -> Iterator[Passage]:
    """Data go to the authorities of a country that the page explains nowhere.

    Why: who reads of foreign laws and authorities must learn who sits there and why the data go there.

    Fix: say in which country the operator and the servers are, and on which safeguards data go to another.
    """
    document = page.document
    assert document is not None
    message = "Authorities or laws of a country are named to which the page explains no link."
    top = urlsplit(page.page.url).hostname or ""
    for place in told(page, __name__, message):
        countries = _countries(document, place.start, place.end)
        elsewhere = _countries(document, 0, place.start) | _countries(document, place.end, len(document.text))
        if countries and not countries & elsewhere and top.rpartition(".")[2] not in countries:
            yield place


def _countries(document: Document, start: int, end: int) -> set[str]:
    """The countries that are named in ``text[start:end]``, by the top-level domain of each."""
    (places,) = clauses(__name__, "places")
    return {str(match.lastgroup) for match in places.find.finditer(document.text, start, end)}
