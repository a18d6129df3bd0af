"""The rule ``foreign-version-prevails``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import LANGUAGE


@text_rule(severity="warning", articles=LANGUAGE, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def foreign_version_prevails(page: LegalPage) -> Iterator[Passage]:
    """A version in another language prevails over the text that the customer reads.

    Why: customers may rely on the text that is put before them; a version that they cannot read binds them to terms
    they never saw.

    Fix: let the version in the customer's language prevail, or delete the clause.
    """
    yield from told(page, __name__, "A version in another language prevails over this text")
