from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.document import Span, read
from auditor.legal import kinds_of
from auditor.model import Finding, Inapplicable, Link, LinkBlock, Page, Unknown
from auditor.rules.carrying import Tally, is_for_visitors, seen_by_page
from auditor.rules.gaps.link_target_empty import BUTTONS, HANDLERS, NOTHING, OPENERS, OPENING_WORDS
from auditor.rules.links.legal_links import LegalLinks, is_dead
from auditor.shelves import rule
from auditor.site import Site

# Names of cookies, of contact and of choices are as often on what opens a window.
KINDS = ("privacy", "terms", "imprint", "returns", "seller", "copyright")
# A page that has no other link of these kinds is told by the rules on missing links.
_TOLD = frozenset({"privacy", "terms", "copyright", "imprint"})
_SCRIPT = re.compile(r"<script\b(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE)


@rule(
    severity="warning",
    articles={
        "eu": ("GDPR Art. 12(1)", "Directive 2000/31/EC Art. 5"),
        "de": ("DDG § 5(1)",),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("Cal. Bus. & Prof. Code § 22577(b) (CalOPPA)",),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17(1)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_link_unfollowable(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A link to a legal page has no target.

    Why: The name is there, underlined, and a click does nothing. That is told for certain where the page has no script that could
    react to the click; where it has, a person must try it. A page without any other link to its privacy policy, terms or
    imprint is told by the rules on missing links.

    Fix: Give the link its address (href), also where a script opens the text in a window.
    """
    dead = _dead_links(site)
    if not dead:
        yield Inapplicable(reason="every link that names a legal page has a target")
        return
    certain: dict[str, tuple[Link, Tally]] = {}
    doubtful: dict[str, Page] = {}
    for page, link, alive in _lost(site, dead):
        if _does_nothing(site, page, link):
            certain.setdefault(link.text, (link, Tally()))[1].add(page)
        elif not alive:
            doubtful.setdefault(link.text, page)
    for text, (link, tally) in sorted(certain.items()):
        yield Finding(
            message=f'The link “{text}” leads nowhere (href="{link.href}").',
            subject=f"link {text}",
            evidence=tally.evidence,
            pages=tally.pages,
            quote=text,
        )
    for text, page in sorted(doubtful.items()):
        if text not in certain:
            reason = f"the link “{text}” has no target; a script may react to a click on it: try it in a browser"
            yield Unknown(reason=reason, evidence=(page.id,))


def _lost(site: Site, dead: dict[int, list[Link]]) -> Iterator[tuple[Page, Link, bool]]:
    """The pages that have such a link, and whether another one on the page leads to what it names.

    A page's own name in a menu is no link, and what other rules tell or the browser mends is left out.
    """
    links, visits = LegalLinks.of(site), seen_by_page(site)
    for page in filter(is_for_visitors, site.pages()):
        for link in (link for row in page.blocks for link in dead.get(row, ())):
            kinds = set(kinds_of(link.text)).intersection(KINDS)
            alive = links.on_page(page, *kinds)
            added = any(links.on_visit(visit, *kinds) for visit in visits.get(page.url, []))
            if not added and not links.is_one(page, *kinds) and (alive or not kinds & _TOLD):
                yield page, link, alive


def _dead_links(site: Site) -> dict[int, list[Link]]:
    """By row of the link block, the links without a target that name a legal page."""
    found: dict[int, list[Link]] = defaultdict(list)
    for block in site.run.fetch(LinkBlock):
        for link in block.links if block.place != "banner" else ():
            named = set(kinds_of(link.text)).intersection(KINDS) if is_dead(link) else ()
            if named and not OPENING_WORDS.search(link.text):
                found[int(block.id.partition(":")[2])].append(link)
    return found


def _does_nothing(site: Site, page: Page, link: Link) -> bool:
    """Whether nothing on the page can react to a click: no script, no handler, no name of something that opens."""
    html = site.html(page)
    if html is None or _SCRIPT.search(html):
        return False
    if link.href.lower().startswith("javascript:") and not NOTHING.fullmatch(link.href):
        return False
    document = read(html, page.url)
    spans = [span for span in document.spans if span.kind == "link" and (span.target or "").strip() == link.href]
    same = [span for span in spans if " ".join(document.text[span.start : span.end].split()) == link.text]
    return bool(same) and not any(map(_may_open, same))


def _may_open(span: Span) -> bool:
    attributes = span.attributes
    names = " ".join(f"{key} {value}" for key, value in attributes.items() if key != "href")
    if attributes.get("role") in BUTTONS or HANDLERS.intersection(attributes):
        return True
    return any(key.startswith("data-") for key in attributes) or bool(OPENERS.search(names))
