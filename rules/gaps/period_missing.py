"""The rule ``period-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.gaps.gaps import LANGUAGES


@text_rule(
    severity="warning",
    articles={
        "eu": ("GDPR Art. 13(2)(a)", "GDPR Art. 12(1)"),
        "uk": ("UK GDPR Art. 13(2)(a)", "UK GDPR Art. 12(1)"),
        "us-ca": ("CCPA § 1798.100(a)(3)",),
        "kr": ("PIPA Art. 30(1)(2)",),
        "cn": ("PIPL Art. 17(1)(2)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9(II)",),
        "qc": ("Law 25: P-39.1 s. 8",),
    },
    languages=LANGUAGES,
)
def period_missing(page: LegalPage) -> Iterator[Passage]:
    """A period is announced in days, months or years, but not how many.

    Why: "kept for a period of years" was a sample's blank; how long data is stored, or how long a customer has to object, is not said.

    Fix: put in the number.
    """
    yield from told(page, __name__, "A period is announced, and its number is missing", "number")
