"""The rule ``national-id-collected``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import IDENTITY


@text_rule(
    severity="warning",
    articles=IDENTITY,
    severities={"kr": "error"},
    languages=SUPPORTED,
    kinds=("privacy", "cookies", "terms"),
)
def national_id_collected(page: LegalPage) -> Iterator[Passage]:
    """The shop collects national identity numbers without naming the law that allows it.

    Why: an identity number opens every door to a person's life; no order needs it, and several laws forbid shops to ask for it.

    Fix: stop collecting it and delete what is stored; where customs law wants a code, name that law and ask for that code alone.
    """
    yield from told(page, __name__, "A national identity number is collected, and no law that allows it is named.")
