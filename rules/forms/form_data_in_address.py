from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Confidence, Finding
from auditor.rules.forms.articles import SAFE
from auditor.rules.forms.personal import Sighting, personal, sightings
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("pages",), articles=SAFE)
def form_data_in_address(site: Site) -> Iterator[Finding]:
    """A form puts personal data into the address of the next page.

    Why: Without method="post" a browser appends what was typed to the address. From there it gets into the history, into
    the logs of servers, and to every third party that the next page contacts. Where a script sends the form,
    it still happens before the script is there.

    Fix: Give the form method="post".
    """
    for one in sightings(site):
        if one.form.method == "get" and (personal(one.form) or "password" in one.asked):
            yield Finding(
                message=f"The {one.purpose} form puts what is typed into the address ({', '.join(sorted(one.asked))}).",
                subject=one.subject,
                evidence=(one.page.id,),
                pages=one.pages,
                confidence=_confidence(one),
            )


def _confidence(one: Sighting) -> Confidence:
    """A form without an address of its own, or with a script's marks, is mostly sent by that script."""
    if one.form.action.partition("#")[0] == one.page.url:
        return "low"
    return "medium" if one.form.scripted else "high"
