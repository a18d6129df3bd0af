"""The rule ``contact-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.gaps import LANGUAGES
from auditor.rules.gaps.slots import gaps


@text_rule(
    severity="error",
    articles={
        "eu": ("GDPR Art. 12(2)", "GDPR Art. 13(1)(a)-(b)"),
        "de": ("DDG § 5(1) no. 2",),
        "fr": ("LCEN Art. 1-1",),
        "uk": ("UK GDPR Art. 12(2)", "UK GDPR Art. 13(1)(a)-(b)"),
        "us-ca": ("CCPA § 1798.130(a)(1)",),
        "kr": ("PIPA Art. 30(1)",),
        "cn": ("PIPL Art. 17(1)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9(IV)", "LGPD Art. 41(1)"),
        "qc": ("Law 25: P-39.1 s. 3.1",),
    },
    languages=LANGUAGES,
)
def contact_missing(page: LegalPage) -> Iterator[Passage]:
    """A legal page asks to write or call and gives no address or number.

    Why: whoever wants to use a right finds no way to do so; the duty to give contact details is not met, whatever else
    the text says.

    Fix: write the e-mail address, phone number or postal address where the text announces it, as text or as a link.
    """
    yield from gaps(page, "contact")
