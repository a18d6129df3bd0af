from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import kinds_of
from auditor.model import Finding, Unknown
from auditor.rules.forms.articles import NOTICE
from auditor.rules.forms.personal import KNOWN_TO_SHOP, Sighting, personal, sightings, words
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("pages",), articles=NOTICE, languages=SUPPORTED)
def form_notice_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A form asks for personal data, and neither in it nor right beside it is a word on privacy.

    Why: Who is asked for an address or a number must be told at that moment what happens to it. A link in the form, beside it, or a short
    notice counts; the link in the page's footer does not. Search, signing in, tracking an order and leaving a list ask for
    nothing new.

    Fix: Put a short sentence with a link to the privacy policy above the form's button.
    """
    for one in sightings(site):
        if one.purpose in KNOWN_TO_SHOP or not personal(one.form):
            continue
        if one.form.links is None:
            reason = f"{one.subject}: what stands beside it was not kept by the version that crawled the shop"
            yield Unknown(reason=reason, evidence=(one.page.id,), pages=one.pages)
        elif not _has_notice(one):
            yield _told(one)


def _has_notice(one: Sighting) -> bool:
    links = one.form.links or ()
    if any("privacy" in kinds_of(link.text, link.url) for link in links):
        return True
    labels = " ".join(item.label for item in one.form.fields)
    return words("privacy").search(f"{one.form.text} {labels}") is not None


def _told(one: Sighting) -> Finding | Unknown:
    language = one.page.language[:2].lower()
    where = {"evidence": (one.page.id,), "pages": one.pages}
    if language and language not in SUPPORTED:
        return Unknown(
            reason=f"{one.subject}: the page's language is {language}, which this rule does not know", **where
        )
    asks = ", ".join(sorted(one.asked))
    return Finding(
        message=f"The {one.purpose} form asks for {asks} without a word on privacy in it or beside it.",
        subject=one.subject,
        confidence="medium" if one.purpose in ("checkout", "other") else "high",
        quote=one.form.text[:200],
        **where,
    )
