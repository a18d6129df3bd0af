"""The rule ``use-beyond-purpose``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PURPOSE


@text_rule(severity="warning", articles=PURPOSE, languages=SUPPORTED, kinds=("privacy", "cookies"))
def use_beyond_purpose(page: LegalPage) -> Iterator[Passage]:
    """The shop allows itself to use data beyond their purpose on grounds that it judges itself.

    Why: a test like "in the public interest" or "harmless to you" that the shop takes itself is no legal basis; a new purpose needs one.

    Fix: keep to the purposes that were told; for another, ask for consent or name the provision that allows it.
    """
    yield from told(page, __name__, "Data may be used beyond their purpose on grounds that the shop judges itself.")
