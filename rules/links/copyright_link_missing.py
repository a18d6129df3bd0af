from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.legal import legal_pages
from auditor.model import Finding, Unknown
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.links.missing import missing_links
from auditor.shelves import rule
from auditor.site import Site

_SUBSTITUTES = ("terms", "imprint")
_SPEAKS_OF_COPYRIGHT = re.compile(
    r"copyright|intellectual property|urheberrecht|urheberschutz|geistiges eigentum|propriété intellectuelle|droits? d.auteur|"
    r"propiedad intelectual|derechos de autor|proprietà intellettuale|diritt[oi] d.autore|propriedade intelectual|"
    r"direitos? autora|auteursrecht|intellectue(?:le|el) eigendom|praw(?:a|o) autorski|저작권|지식\s*재산|지적\s*재산|"
    r"版[权權]|著作[权權]|知[识識][产產][权權]|智慧財產|知的財産",
    re.IGNORECASE,
)


@rule(
    severity="notice",
    articles={
        "eu": ("Directive (EU) 2019/790 Art. 4(3)", "Directive 2000/31/EC Art. 5"),
        "uk": ("Copyright, Designs and Patents Act 1988 s. 16",),
        "us-ca": ("17 U.S.C. § 106",),
        "kr": ("Copyright Act Art. 46",),
        "cn": ("Copyright Law Art. 26",),
        "jp": ("Copyright Act Art. 63",),
        "br": ("Lei 9.610/1998 Art. 29",),
        "qc": ("Copyright Act (R.S.C. 1985, c. C-42) s. 3",),
    },
)
def copyright_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A page has no link to a page about copyright and liability.

    Why: Visitors should find out from any page whose the texts and pictures are, what they may do with them and whom to
    ask. No law demands a page of its own, hence a notice. When the shop has one (copyright, disclaimer, legal notice), every
    page is expected to link to it. When it has none, links to terms or an imprint that speak of copyright are as good; a
    notice such as “© 2026 Fernhill” is no link.

    Fix: Publish a page about copyright and disclaimer, or a section on copyright in the terms, and link it in the footer
    of every template.
    """
    links = LegalLinks.of(site)
    if links.anywhere("copyright"):
        yield from missing_links(site, "the page about copyright", kinds=("copyright",), own=("copyright",))
        return
    covering, unread = _substitutes(site, links)
    if unread and not covering:
        yield Unknown(reason=f"there is no page about copyright, and the text of the shop's {unread} was not kept")
        return
    yield from missing_links(site, "a page about copyright", kinds=("copyright", *covering), own=covering)


def _substitutes(site: Site, links: LegalLinks) -> tuple[tuple[str, ...], str]:
    """The kinds of page that speak of copyright; and one that is linked, but whose text is not there to see."""
    texts: dict[str, list[str]] = {kind: [] for kind in _SUBSTITUTES}
    for page in legal_pages(site):
        for kind in set(page.kinds) & set(_SUBSTITUTES):
            texts[kind] += [page.document.text] if page.document else []
    covering = tuple(k for k in _SUBSTITUTES if any(_SPEAKS_OF_COPYRIGHT.search(text) for text in texts[k]))
    unread = next((kind for kind in _SUBSTITUTES if not texts[kind] and links.anywhere(kind)), "")
    return covering, unread
