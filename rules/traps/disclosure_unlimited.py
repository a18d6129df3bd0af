"""The rule ``disclosure-unlimited``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import AUTHORITIES


@text_rule(severity="warning", articles=AUTHORITIES, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def disclosure_unlimited(page: LegalPage) -> Iterator[Passage]:
    """A clause allows disclosure to authorities, or by any other rule, without a limit.

    Why: only a law that binds the shop justifies handing data to an authority; "required by the government" or "other regulations" leaves everything open.

    Fix: limit it to orders that bind the shop, and name the law or the kind of order.
    """
    yield from told(page, __name__, "Disclosure is allowed without a limit: no binding law or order is named.")
