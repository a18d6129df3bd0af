from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.legal import LegalPage, kinds_of, legal_pages
from auditor.model import Finding, Inapplicable, Link, Page, Unknown
from auditor.rules.carrying import Tally, is_for_visitors
from auditor.rules.language.spoken import in_words, place_of, policies, same, versions, written_in
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site

KINDS = ("privacy", "cookies", "terms", "returns")
UNREAD = -1  # in place of the number of a page that was not read
Found = dict[str, set[int]]  # kind -> numbers of the legal pages that links name


@rule(
    severity="warning",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "Directive 2011/83/EU Art. 6(1)"),
        "de": ("BGB § 312d(1)",),
        "fr": ("Loi n° 94-665 du 4 août 1994 (loi Toubon) Art. 2",),
        "uk": ("UK GDPR Art. 12(1)",),
        "kr": ("PIPA Art. 30(2)",),
        "cn": ("PIPL Art. 17(1)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Charter of the French language s. 52",),
    },
)
def legal_link_language_wrong(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A link leads to a legal text in another language than the page that has it.

    Why: The visitor is addressed in one language and informed in another. Often the right version exists, and the footer of one
    language was copied into the others. A privacy policy that exists in no version of the page's language is told by
    policy-language-missing.

    Fix: Let the pages of each language link to the text in that language; translate it where there is none.
    """
    pages = legal_pages(site)
    if not pages:
        yield Inapplicable(reason="no legal page was found")
        return
    for page in pages:
        if page.document is None and set(page.kinds).intersection(KINDS):
            yield Unknown(reason=f"{page.path}: {page.reason}", evidence=page.evidence)
    lacking: dict[tuple[str, str, int], Tally] = defaultdict(Tally)
    for page, language, found in _linking(site, pages):
        for kind, numbers in found.items():
            if UNREAD in numbers:
                continue
            texts = [written_in(pages[number].document) for number in numbers]
            if all(written and not any(same(language, one) for one in written) for written in texts):
                lacking[kind, language, min(numbers)].add(page)
    for (kind, language, number), tally in sorted(lacking.items()):
        if kind != "privacy" or any(same(language, one) for p in policies(site) for one in written_in(p.document)):
            yield _finding(kind, language, pages[number], tally)


def _linking(site: Site, pages: list[LegalPage]) -> Iterator[tuple[Page, str, Found]]:
    """The pages whose language is certain, with the legal pages that their links name."""
    numbers = {url: number for number, page in enumerate(pages) for url in page.urls}
    known: dict[int, Found] = {}
    every = versions(site)
    for page in site.pages():
        version = every.get(place_of(page))
        if version is None or not version.offered or page.url in numbers or not is_for_visitors(page):
            continue
        found: Found = defaultdict(set)
        for row, block in zip(page.blocks, site.blocks(page), strict=True):
            if row not in known:
                known[row] = _named(site, block.links, numbers) if block.place != "banner" else {}
            for kind, named in known[row].items():
                found[kind] |= named
        yield page, version.language, found


def _named(site: Site, links: Iterable[Link], numbers: dict[str, int]) -> Found:
    found: Found = defaultdict(set)
    for link in links:
        kinds = set(kinds_of(link.text)).intersection(KINDS) if link.url else set()
        target = site.resolve(link.url) if kinds else None
        for kind in kinds:
            found[kind].add(numbers.get(target.url, UNREAD) if target is not None else UNREAD)
    return found


def _finding(kind: str, language: str, target: LegalPage, tally: Tally) -> Finding:
    written = in_words(written_in(target.document))
    return Finding(
        message=f"Pages in {in_words([language])} link to the {NAMES[kind]} {target.path}, which is in {written}.",
        subject=f"{target.path} from pages in {language}",
        evidence=(*tally.evidence, *target.evidence),
        pages=tally.pages,
        confidence="medium",
    )
