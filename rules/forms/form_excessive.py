from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.rules.forms.articles import LITTLE
from auditor.rules.forms.personal import kind_of, sightings
from auditor.shelves import rule
from auditor.site import Site

NEEDED = frozenset({"", "email"})


@rule(severity="warning", needs=("pages",), articles=LITTLE)
def form_excessive(site: Site) -> Iterator[Finding]:
    """A newsletter cannot be had without more than an e-mail address.

    Why: Sending a letter takes an address and nothing else. Names, numbers and birthdays may be asked for, but not required.

    Fix: Make the other fields optional and say so, or take them out.
    """
    for one in sightings(site):
        if one.purpose != "newsletter" or "email" not in one.asked:
            continue
        more = sorted({kind for item in one.form.fields if item.required and (kind := kind_of(item)) not in NEEDED})
        if more:
            yield Finding(
                message=f"The newsletter form requires more than an e-mail address: {', '.join(more)}.",
                subject=one.subject,
                evidence=(one.page.id,),
                pages=one.pages,
                confidence="medium" if more == ["name"] else "high",
            )
