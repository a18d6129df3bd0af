from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.links.missing import missing_links
from auditor.shelves import rule
from auditor.site import Site

_OWN_PAGE = frozenset({"de", "fr"})  # where custom and courts want a page that is called by its name


@rule(
    severity="warning",
    severities={"de": "error"},
    articles={
        "eu": ("Directive 2000/31/EC Art. 5(1)",),
        "de": ("DDG § 5(1)", "MStV § 18"),
        "fr": ("Loi n° 2004-575 du 21 juin 2004 (LCEN) Art. 1-1 and 19",),
    },
)
def imprint_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A page has no link to the imprint.

    Why: Who runs the shop must be easily recognisable, directly reachable and always available. In Germany and France that
    is a page of its own, called Impressum or mentions légales, one or two clicks from everywhere. In the other countries of the
    Union a contact page or the terms may hold it as well.

    Fix: Put a link named “Impressum” (“Mentions légales”, “Imprint”, “Legal notice”) into the footer that all templates share.
    """
    if _OWN_PAGE.intersection(site.profiles):
        yield from missing_links(site, "the imprint", kinds=("imprint",), own=("imprint",))
        return
    kinds = ("imprint", "seller", "contact", "terms")
    yield from missing_links(site, "an imprint, or another page that says who runs the shop", kinds=kinds, own=kinds)
