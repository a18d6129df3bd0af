from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.rules.encryption import unencrypted
from auditor.rules.forms.articles import SAFE
from auditor.rules.forms.personal import personal, sightings
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("pages",), articles=SAFE)
def form_insecure(site: Site) -> Iterator[Finding]:
    """A form with personal data or a password is shown or sent by plain http.

    Why: Anybody on the way can read what is typed, or send it elsewhere by changing the page.

    Fix: Serve the page by https, and let the form's action begin with https or with a slash.
    """
    for one in sightings(site):
        if not (personal(one.form) or one.asked & {"password", "card"}):
            continue
        sent, shown = unencrypted(one.form.action), unencrypted(one.page.url)
        if sent or shown:
            yield Finding(
                message=f"The {one.purpose} form is {'sent' if sent else 'shown'} by plain http.",
                subject=one.subject,
                evidence=(one.page.id,),
                pages=one.pages,
                quote=one.form.action if sent else "",
            )
