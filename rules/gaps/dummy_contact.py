"""The rule ``dummy-contact``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps import dummies
from auditor.rules.gaps.gaps import LANGUAGES


@text_rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 13(1)(a)-(b)",),
        "de": ("DDG § 5(1)",),
        "fr": ("LCEN Art. 1-1",),
        "uk": ("UK GDPR Art. 13(1)(a)-(b)",),
        "us-ca": ("CCPA § 1798.130(a)(1)",),
        "kr": ("PIPA Art. 30(1)", "E-Commerce Act Art. 10(1)"),
        "cn": ("PIPL Art. 17(1)(1)",),
        "jp": ("APPI Art. 32(1)", "Specified Commercial Transactions Act Art. 11"),
        "br": ("LGPD Art. 9(IV)",),
        "qc": ("Law 25: P-39.1 s. 3.1",),
    },
    languages=LANGUAGES,
)
def dummy_contact(page: LegalPage) -> Iterator[Passage]:
    """A legal page gives a contact that does not exist: a sample address, number or name.

    Why: it looks complete and reaches nobody; whoever relies on it loses time, and rights with deadlines.

    Fix: put in the real e-mail address, phone number, postal address, person or registration number.
    """
    yield from dummies.look(page)
