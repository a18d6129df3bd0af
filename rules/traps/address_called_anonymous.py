"""The rule ``address-called-anonymous``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import IDENTIFIABLE


@text_rule(severity="warning", articles=IDENTIFIABLE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def address_called_anonymous(page: LegalPage) -> Iterator[Passage]:
    """An IP address or an identifier is called not personal.

    Why: an IP address, a cookie's or a device's identifier leads to a person; who calls it anonymous leaves out every duty that goes with it.

    Fix: treat it as personal data, or shorten it before it is stored and say so.
    """
    yield from told(
        page, __name__, "An IP address or identifier is presented as not personal, although it leads to a person."
    )
