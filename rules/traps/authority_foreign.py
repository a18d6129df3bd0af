"""The rule ``authority-foreign``."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.document import Document
from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.anywhere import anywhere
from auditor.rules.traps.articles import TRANSFER


@text_rule(severity="warning", articles=TRANSFER, languages=SUPPORTED, kinds=("privacy",))
def authority_foreign(page: LegalPage) -> Iterator[Passage]:
    """Data go to the authorities of a country that the page explains nowhere.

    Why: who reads of foreign laws and authorities must learn who sits there and why the data go there.

    Fix: say in which country the operator and the servers are, and on which safeguards data go to another.
    """
    document = page.document
    assert document is not None
    message = "Authorities or laws of a country are named to which the page explains no link."
    own = (urlsplit(page.page.url).hostname or "").rpartition(".")[2]
    for place in told(page, __name__, message):
        countries, elsewhere = _countries(document, place)
        if countries and not countries & (elsewhere | {own}):
            yield place


def _countries(document: Document, place: Passage) -> tuple[set[str], set[str]]:
    """The countries that are named in a place, and those named elsewhere on the page, by the top-level domain of each."""
    inside, outside = set[str](), set[str]()
    for match in anywhere(document, __name__, "places"):
        (inside if place.start <= match.start() < place.end else outside).add(str(match.lastgroup))
    return inside, outside
