"""The rule ``name-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.gaps import LANGUAGES
from auditor.rules.gaps.slots import gaps


@text_rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 13(1)(a)",),
        "de": ("DDG § 5(1) no. 1",),
        "fr": ("LCEN Art. 1-1",),
        "uk": ("UK GDPR Art. 13(1)(a)",),
        "us-ca": ("CCPA § 1798.130(a)(5)",),
        "kr": ("PIPA Art. 30(1)", "E-Commerce Act Art. 10(1)"),
        "cn": ("PIPL Art. 17(1)(1)",),
        "jp": ("APPI Art. 32(1)(i)", "Specified Commercial Transactions Act Art. 11"),
        "br": ("LGPD Art. 9(III)",),
        "qc": ("Law 25: P-39.1 s. 8",),
    },
    languages=LANGUAGES,
)
def name_missing(page: LegalPage) -> Iterator[Passage]:
    """A legal page does not name the company, person, site, number or date that it is about to name.

    Why: nobody can tell who is responsible; a text with a hole where the name belongs informs about nobody.

    Fix: write the legal name, web address, registration number or date where the text announces it.
    """
    yield from gaps(page, "name")
