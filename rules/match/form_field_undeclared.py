from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.forms.personal import Sighting, kind_of, sightings
from auditor.rules.match.data import named
from auditor.rules.match.texts import Texts, evidence_of, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {
    "eu": ("GDPR Art. 13", "GDPR Art. 5(1)(a)"),
    "uk": ("UK GDPR Art. 13",),
    "us-ca": ("Cal. Civ. Code § 1798.100(a)(1)",),
    "kr": ("PIPA Art. 15(2)", "PIPA Art. 30(1)"),
    "cn": ("PIPL Art. 17",),
    "br": ("LGPD Art. 9",),
}
CALLED = {
    "birthday": "the date of birth",
    "gender": "the gender",
    "phone": "a telephone number",
    "national-id": "the number of an identity document",
}


@rule(severity="error", needs=("legal-pages",), articles=ARTICLES, languages=SUPPORTED)
def form_field_undeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A form asks for data that the privacy policy does not name.

    Why: The policy must say which data are used and what for; what a form asks for beyond that is collected in silence. Date of birth,
    gender, telephone number and numbers of identity documents are looked for, in the policies of all languages.

    Fix: Name the data and their purpose in the policy, or drop the field.
    """
    texts = texts_of(site, ("privacy",))
    yield from not_readable(texts)
    strange = [page for page in texts.pages if page.language and page.language not in SUPPORTED]
    if not texts.pages or texts.unread:
        return
    for one in sightings(site):
        for kind in sorted(one.asked & CALLED.keys()):
            if named(kind, texts.lower):
                continue
            if strange:
                reason = f"{one.subject} asks for {CALLED[kind]}, and a policy is in {strange[0].language}, which this rule does not know"
                yield Unknown(
                    reason=reason, evidence=evidence_of(strange, one.page.id), pages=Pages.of(strange[0].urls)
                )
            else:
                yield _finding(texts, one, kind)


def _finding(texts: Texts, one: Sighting, kind: str) -> Finding:
    label = next((item.label or item.name for item in one.form.fields if kind_of(item) == kind), "")
    return Finding(
        message=f"The {one.purpose} form asks for {CALLED[kind]}, which the privacy policy does not name.",
        subject=f"{kind}: {one.subject}",
        evidence=evidence_of(texts.pages, one.page.id),
        pages=one.pages,
        quote=label,
        confidence="medium",
    )
