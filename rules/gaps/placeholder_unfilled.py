"""The rule ``placeholder-unfilled``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps import placeholders
from auditor.rules.gaps.gaps import LANGUAGES


@text_rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 12(1)", "GDPR Art. 13"),
        "uk": ("UK GDPR Art. 12(1)", "UK GDPR Art. 13"),
        "us-ca": ("CCPA § 1798.130(a)(5)",),
        "kr": ("PIPA Art. 30(1)",),
        "cn": ("PIPL Art. 17(1)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8",),
    },
    languages=LANGUAGES,
)
def placeholder_unfilled(page: LegalPage) -> Iterator[Passage]:
    """A placeholder of a sample text stands in a legal page where a value should.

    Why: the text was copied from a sample and never finished; the name, address, period or date that the law asks for is not
    there, even though a superficial reading finds its heading.

    Fix: replace the placeholder by the real value, and read the whole text again: a sample rarely fits as it is.
    """
    yield from placeholders.look(page)
