"""The rule ``placeholder-unfilled``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.gaps.gaps import LANGUAGES, judged
from auditor.rules.gaps.placeholders import look
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    needs=("legal-pages",),
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
def placeholder_unfilled(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A placeholder of a sample text stands in a legal page where a value should.

    Why: the text was copied from a sample and never finished; the name, address, period or date that the law asks for is not
    there, even though a superficial reading finds its heading.

    Fix: replace the placeholder by the real value, and read the whole text again: a sample rarely fits as it is.
    """
    yield from judged(site, look, LANGUAGES)
