from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, FormField
from auditor.rules.forms.articles import CONSENT
from auditor.rules.forms.personal import Sighting, boxes, sightings, words
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", needs=("pages",), articles=CONSENT, severities={"kr": "error", "cn": "error"})
def form_consent_bundled(site: Site) -> Iterator[Finding]:
    """One box stands for several consents that belong apart.

    Why: Whoever must accept the terms to order, and agrees to advertising by the same box, has not agreed to it. A box for everything
    is a help where each matter has a box of its own beside it.

    Fix: Give each matter its own box, and leave that for advertising empty and optional.
    """
    for one in sightings(site):
        for item in boxes(one.form):
            if item.kind == "checkbox" and (_terms_and_advertising(item) or _everything(one, item)):
                label = " ".join(item.label.split())[:200]
                yield Finding(
                    message=f"The box “{label[:100]}” stands for several consents at once.",
                    subject=f"{one.subject}: {item.name or label[:60]}",
                    evidence=(one.page.id,),
                    pages=one.pages,
                    quote=label,
                    confidence="medium",
                )


def _terms_and_advertising(item: FormField) -> bool:
    said = item.label
    if words("negative").search(said) or not words("agreeing").search(said):
        return False
    return bool(words("terms").search(said) and words("marketing").search(said))


def _everything(one: Sighting, item: FormField) -> bool:
    others = [other for other in boxes(one.form) if other.kind == "checkbox" and other is not item]
    return not others and words("everything").search(item.label) is not None
