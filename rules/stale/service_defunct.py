"""The rule ``service-defunct``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.stale.articles import ACCURATE
from auditor.rules.stale.names import named, names

MAX_PLACES = 20
MESSAGE = "This service was shut down"


@text_rule(severity="warning", articles=ACCURATE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms", "contact"))
def service_defunct(page: LegalPage) -> Iterator[Passage]:
    """A text names a service or a tool that was shut down.

    Why: data for a service that is gone are not collected by anybody; the text does not describe what the shop does today.

    Fix: delete what is gone, and name the services in use.
    """
    document = page.document
    assert document is not None
    for match, _ in islice(named(document, names("service_defunct")), MAX_PLACES):
        yield Passage(start=match.start(), end=match.end(), slot="text", anchor=match.group(), message=MESSAGE)
