from __future__ import annotations

from collections.abc import Iterator

from auditor.model import LEGAL_KINDS, Finding, Inapplicable, Unknown
from auditor.rules.forms.personal import Sighting, personal, sightings
from auditor.rules.forms.senders import sender_names
from auditor.rules.match.texts import Texts, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import party
from auditor.urls import host_of, site_of

ARTICLES = {
    "eu": ("GDPR Art. 13(1)(e)", "GDPR Art. 28"),
    "uk": ("UK GDPR Art. 13(1)(e)",),
    "kr": ("PIPA Art. 26", "PIPA Art. 30(1)"),
    "br": ("LGPD Art. 9, V",),
}


@rule(severity="warning", needs=("legal-pages",), articles=ARTICLES)
def form_target_foreign(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A form sends personal data to another company that neither the form nor a legal text names.

    Why: Who types an address believes that the shop receives it. Who else does must be told beside the form or in the privacy policy.
    Payment services are left to the rule on them.

    Fix: Name the company beside the form and in the privacy policy, or send the form to the shop's own server.
    """
    texts = texts_of(site, LEGAL_KINDS)
    foreign = [one for one in sightings(site) if _foreign(site, one)]
    if foreign and (not texts.pages or texts.unread):
        yield from not_readable(texts)
        return
    yield from (_told(one) for one in foreign if not _named(texts, one))


def _foreign(site: Site, one: Sighting) -> bool:
    target = one.form.action
    if not personal(one.form) or not target.startswith(("http://", "https://")) or site.own(target):
        return False
    return party(target).category != "payment"


def _named(texts: Texts, one: Sighting) -> bool:
    target = one.form.action
    domain = site_of(host_of(target))
    if texts.names_party(party(target), domain):
        return True
    said = f"{texts.lower}\n{one.form.text.lower()}"
    names = sender_names(domain) or (domain, domain.partition(".")[0])
    return any(name in said for name in names)


def _told(one: Sighting) -> Finding:
    host = host_of(one.form.action)
    return Finding(
        message=f"The {one.purpose} form sends what is typed to {host}, which no text names.",
        subject=one.subject,
        evidence=(one.page.id,),
        pages=one.pages,
        confidence="high" if sender_names(site_of(host)) else "medium",
    )
