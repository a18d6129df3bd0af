from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import combinations
from urllib.parse import parse_qsl, urlsplit

from auditor.legal import LegalPage, kinds_of, legal_pages
from auditor.legal_names import fold
from auditor.model import Finding, Inapplicable, LinkBlock, Page, Pages, Unknown
from auditor.rules.language.spoken import primary
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import host_of, normalised

KINDS = ("privacy", "terms")
SAME = 0.9  # from which on two texts are one
COMPARED = 4000  # words
HEAD = 200  # characters at the top of a text that may say for when it is
FRAMES = ("footer", "header", "nav")
_PART_PARAMETERS = frozenset({"page", "part", "section", "tab", "chapter", "seite", "paged", "step"})
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "GDPR Art. 5(1)(a)"),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("Cal. Bus. & Prof. Code § 22575(b) (CalOPPA)",),
        "kr": ("PIPA Art. 30(3)",),
        "cn": ("PIPL Art. 17(1)",),
        "jp": ("APPI Art. 32(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_page_doubled(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """Two pages of one name and language say different things.

    Why: Nobody can tell which privacy policy or which terms hold. What differs is read in the customer's favour, and against
    the shop. Old versions that say so, and texts for other people (applicants, dealers, an app), are no doubles.

    Fix: Keep one current version, redirect the other address to it, and mark what you archive with its dates.
    """
    pages = [page for page in legal_pages(site) if set(page.kinds).intersection(KINDS)]
    if len(pages) < 2:
        yield Inapplicable(reason="there are no two pages of one kind")
        return
    linked = _linked_in_frames(site)
    groups: dict[tuple[str, ...], list[LegalPage]] = defaultdict(list)
    for page in pages:
        name = fold(page.page.heading)
        if name and not _is_for_others(page) and not linked.isdisjoint(page.urls) and not page.page.noindex:
            for kind in set(page.kinds).intersection(KINDS):
                groups[kind, name, page.language or primary(page.page.language), *_place(page.page)].append(page)
    told: set[tuple[str, str]] = set()
    for (kind, *_), group in sorted(groups.items()):
        for one, other in combinations(group, 2):
            pair = (one.path, other.path)
            if pair in told or _are_parts(one, other) or _leads_to(one, other) or _leads_to(other, one):
                continue
            told.add(pair)
            if one.document is None or other.document is None:
                yield Unknown(
                    reason=f"{one.path} and {other.path} have one name, and a text was not kept", evidence=one.evidence
                )
            elif _differ(one.document.main_text, other.document.main_text):
                yield _finding(kind, one, other)


def _linked_in_frames(site: Site) -> set[str]:
    """The pages that menus and footers lead to: what only a text mentions may be anything."""
    found: set[str] = set()
    for block in site.run.fetch(LinkBlock):
        if block.place in FRAMES:
            found.update(link.url.partition("#")[0] for link in block.links if link.url)
    return {page.url for url in found if site.own(url) and (page := site.resolve(url)) is not None}


def _place(page: Page) -> tuple[str, ...]:
    """Host, parts of the path that look like a locale, and the query: pages that differ there are for different countries."""
    parts = urlsplit(page.url)
    locales = [part.lower() for part in parts.path.split("/") if _LOCALE.fullmatch(part)]
    return (host_of(page.url), "/".join(locales), page.language.lower())


def _is_for_others(page: LegalPage) -> bool:
    head = page.document.main_text[:HEAD] if page.document else ""
    name = f"{page.page.title} {page.page.heading} {page.path}".lower()
    return bool(_words("other").search(name) or _words("past").search(f"{name} {head.lower()}"))


@cache
def _words(name: str) -> re.Pattern[str]:
    """Any of the words, where a word begins."""
    text = files("auditor.rules.links").joinpath("legal_page_doubled.toml").read_text(encoding="utf-8")
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, tomllib.loads(text)[name]))})")


def _are_parts(one: LegalPage, other: LegalPage) -> bool:
    """Whether two pages look like parts of one document: one below the other, or siblings below a name of such a document."""
    first, second = (urlsplit(page.page.url) for page in (one, other))
    if first.path.rstrip("/") == second.path.rstrip("/"):
        ours, theirs = (set(parse_qsl(parts.query)) for parts in (first, second))
        return bool(ours ^ theirs) and {name.lower() for name, _ in ours ^ theirs} <= _PART_PARAMETERS
    shorter, longer = sorted((first.path.rstrip("/") + "/", second.path.rstrip("/") + "/"), key=len)
    parents = {parts.path.rstrip("/").rpartition("/")[0] for parts in (first, second)}
    return longer.startswith(shorter) or (len(parents) == 1 and bool(kinds_of("", f"https://x{parents.pop()}")))


def _leads_to(one: LegalPage, other: LegalPage) -> bool:
    """Whether a page says that another is its canonical form, or is another version of it by hreflang."""
    targets = {normalised(url) for url in (one.page.canonical, *one.page.alternates.values()) if url}
    return not targets.isdisjoint(map(normalised, other.urls))


def _differ(one: str, other: str) -> bool:
    first, second = (re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|\w+", text.lower())[:COMPARED] for text in (one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() < SAME or matcher.ratio() < SAME


def _finding(kind: str, one: LegalPage, other: LegalPage) -> Finding:
    return Finding(
        message=f"{one.path} and {other.path} are both the {NAMES[kind]}, and their texts differ.",
        subject=f"{one.path} and {other.path}",
        evidence=(*one.evidence, *other.evidence),
        pages=Pages.of((*one.urls, *other.urls)),
        quote=one.page.heading,
        confidence="medium",
    )
