from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.model import Finding, FormField
from auditor.rules.forms.articles import CONSENT
from auditor.rules.forms.personal import boxes, sightings, words
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {**CONSENT, "eu": ("GDPR Art. 4(11)", "GDPR Art. 7(2)", "EDPB guidelines 03/2022")}


@rule(severity="error", needs=("pages",), articles=ARTICLES, languages=SUPPORTED)
def form_wording_negative(site: Site) -> Iterator[Finding]:
    """A box has to be ticked, or unticked, to say no to advertising.

    Why: Boxes are read as a yes. Who must act to refuse, or has to solve a double negative, has not agreed to anything.

    Fix: Ask the other way round (“Yes, send me offers”), and leave the box empty.
    """
    for one in sightings(site):
        for item in boxes(one.form):
            if item.kind == "checkbox" and _tricks(item):
                label = " ".join(item.label.split())[:200]
                yield Finding(
                    message=f"The box “{label[:100]}” of the {one.purpose} form says no instead of yes.",
                    subject=f"{one.subject}: {item.name or label[:60]}",
                    evidence=(one.page.id,),
                    pages=one.pages,
                    quote=label,
                )


def _tricks(item: FormField) -> bool:
    return bool(words("negative").search(item.label) and words("marketing").search(item.label))
