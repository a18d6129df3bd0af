"""The rule ``sale-contradicted``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import found, languages_of, told
from auditor.rules.traps.articles import SALE

# Words of a promise that is about more than selling
SHARING = re.compile(
    r"\b(?:shar|disclos|pass on|giv|geben|weiterg|teil|partag|communiqu|transm|compart|comunic|condivid)|공유|제공|分享|共享|提供|共有",
    re.IGNORECASE,
)


@text_rule(severity="warning", articles=SALE, languages=SUPPORTED, kinds=("privacy",))
def sale_contradicted(page: LegalPage) -> Iterator[Passage]:
    """The page says that data are never sold or shared, and elsewhere that they are.

    Why: one of the two statements is false, and customers decided on the one that comforts them.

    Fix: make the statements agree: name what is shared with whom, and drop the promise that does not hold.
    """
    document = page.document
    assert document is not None
    message = "Data are said never to be sold or shared, and the same page says that they are."
    for place in told(page, __name__, message):
        subjects = ["sale", "sharing"] if SHARING.search(document.text, place.start, place.end) else ["sale"]
        tables = tuple(f"{language}-{subject}" for language in languages_of(page) for subject in subjects)
        if next(found(document, __name__, tables), None):
            yield place
