"""The rule ``contact-only-freemail``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from auditor import identity
from auditor.identity import Fact
from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.places import Place, places, unread
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import site_of

REGIONS = {"en": "GB", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "ko": "KR", "zh": "CN", "ja": "JP", "pt": "BR"}


@rule(
    severity="notice",
    needs=("legal-pages",),
    articles={
        "eu": ("Directive 2000/31/EC Art. 5(1)(c)", "Directive 2011/83/EU Art. 6(1)(c)"),
        "de": ("DDG § 5(1) no. 2",),
        "uk": ("Electronic Commerce (EC Directive) Regulations 2002 reg. 6(1)(c)",),
        "kr": ("E-Commerce Act Art. 10(1)(3)",),
        "br": ("Decreto 7.962/2013 Art. 2(II)",),
    },
)
def contact_only_freemail(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The only way to reach the shop is a mailbox at a free mail service.

    Why: anybody can open such a mailbox under any name, and it is gone when the service closes it; customers cannot tell it from
    a fraud's, and the law wants a way to reach the shop directly and quickly. A telephone number beside it is enough here.

    Fix: use an address at the shop's own domain, and give a telephone number.
    """
    found = places(site)
    mails = [
        (place, fact) for place in found for fact in identity.emails(place.document) if not _is_others(place, fact)
    ]
    if not mails:
        yield Inapplicable(reason="no e-mail address was found on the legal pages and the home page")
        return
    if any(site_of(fact.value.rpartition("@")[2]) not in freemail() for _, fact in mails):
        return
    if any(identity.phones(place.document, REGIONS.get(place.language, "US")) for place in found):
        return
    doubts = list(unread(site))
    yield from doubts
    for place, fact in [] if doubts else mails[:1]:
        yield place.finding(
            fact, f"{fact.value} is the only contact that the shop gives", "contact", confidence="medium"
        )


@cache
def freemail() -> frozenset[str]:
    """The domains of ``freemail.toml``."""
    text = files("auditor.rules.identity").joinpath("freemail.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["domains"])


def _is_others(place: Place, fact: Fact) -> bool:
    """Whether an address is an authority's, a processor's or an example's; one at a freemail service never is."""
    domain = site_of(fact.value.rpartition("@")[2])
    return domain not in freemail() and (
        domain.startswith("example.") or identity.speaks_of_others(place.document, fact.start)
    )
