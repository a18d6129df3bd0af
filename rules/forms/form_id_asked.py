from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.rules.forms.articles import LITTLE
from auditor.rules.forms.personal import kind_of, sightings
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {
    **LITTLE,
    "eu": ("GDPR Art. 5(1)(c)", "GDPR Art. 87"),
    "kr": ("PIPA Art. 24-2",),
    "jp": ("My Number Act Art. 20",),
}
CALLED = {"national-id": "the number of an identity document", "card": "the number of a payment card"}
PAYING = frozenset({"checkout", "other"})


@rule(severity="error", needs=("pages",), articles=ARTICLES)
def form_id_asked(site: Site) -> Iterator[Finding]:
    """A form asks for the number of an identity document, or of a payment card where nothing is paid.

    Why: With these numbers an identity can be stolen, and no shop needs them to answer, to deliver or to open an account. Numbers for
    customs and for invoices are left alone.

    Fix: Take the field out.
    """
    for one in sightings(site):
        for item in one.form.fields:
            kind = kind_of(item)
            if kind == "national-id" or (kind == "card" and one.purpose not in PAYING):
                yield Finding(
                    message=f"The {one.purpose} form asks for {CALLED[kind]} (“{item.label or item.name}”).",
                    subject=f"{one.subject}: {item.name or item.label}",
                    evidence=(one.page.id,),
                    pages=one.pages,
                    quote=item.label,
                )
