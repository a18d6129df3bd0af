"""The rule ``copies-elsewhere``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import TRANSFER


@text_rule(severity="warning", articles=TRANSFER, languages=SUPPORTED, kinds=("privacy", "cookies"))
def copies_elsewhere(page: LegalPage) -> Iterator[Passage]:
    """Personal data are copied to other servers, and neither place nor provider is named.

    Why: whoever runs the other server is a recipient, and where it stands decides which law protects the data.

    Fix: name the provider and the country of every place that holds copies.
    """
    yield from told(
        page, __name__, "Data are copied to other servers, and neither the place nor the provider is named."
    )
