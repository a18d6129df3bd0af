from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, FormField
from auditor.rules.forms.articles import CONSENT
from auditor.rules.forms.personal import boxes, sightings, words
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("pages",), articles=CONSENT)
def form_consent_preticked(site: Site) -> Iterator[Finding]:
    """A box that stands for a consent is ticked before the visitor has touched it.

    Why: A ticked box shows that somebody overlooked it, not that anybody agreed (CJEU C-673/17, Planet49). Boxes for the convenience of
    the visitor (remember me, same billing address) may be ticked, and so may one that says no.

    Fix: Leave the box empty.
    """
    for one in sightings(site):
        for item in boxes(one.form):
            if item.checked and _consents(item):
                label = " ".join(item.label.split())[:120]
                yield Finding(
                    message=f"The box “{label or item.name}” of the {one.purpose} form is ticked in advance.",
                    subject=f"{one.subject}: {item.name or label}",
                    evidence=(one.page.id,),
                    pages=one.pages,
                    quote=label,
                )


def _consents(item: FormField) -> bool:
    label, name = item.label, item.name.lower()
    if words("harmless").search(label or name) or words("negative").search(label):
        return False
    if item.kind == "radio":  # one button of a set is often chosen: only a plain yes to being written to counts
        return bool(words("marketing").search(label)) and item.value.lower() in (
            "1",
            "yes",
            "true",
            "y",
            "on",
            "ja",
            "oui",
        )
    said = words("agreeing").search(label) or words("marketing").search(label)
    return bool(said) or bool(words("marketing", "names").search(name) or words("agreeing", "names").search(name))
