"""What the legal texts and the consent request say together: whether a cookie or a company is named anywhere in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from weakref import WeakKeyDictionary

from auditor.cookies import known
from auditor.ledger import Entry
from auditor.legal import LegalPage, legal_pages
from auditor.model import ConsentUi, Inapplicable, Pages, Unknown
from auditor.passages import concerns, unreadable
from auditor.rules.match.declared import TOKEN, VARIABLE, Declared, declared_in
from auditor.site import Site
from auditor.trackers import Party
from auditor.urls import site_of

TELLING = ("privacy", "cookies")
FULL = 4000  # characters that are kept of the consent request's preferences: with so many, more was there
SHORTEST = 4  # letters of a word that may name a company


class Texts:
    """The privacy and cookie pages of a shop that can be read, and what the consent request shows."""

    def __init__(self, site: Site, kinds: tuple[str, ...] = TELLING) -> None:
        pages = [page for page in legal_pages(site) if concerns(page, kinds)]
        self.pages = [page for page in pages if not unreadable(page, ())]
        self.unread = [page for page in pages if unreadable(page, ())]
        self.requests = [ui for scenario in site.scenarios for ui in site.banners(scenario, None) if ui.present]

    @cached_property
    def declared(self) -> list[tuple[LegalPage, list[Declared]]]:
        """The cookies that each page declares in tables and lists."""
        return [(page, declared_in(page.document)) for page in self.pages if page.document is not None]

    @cached_property
    def tables(self) -> list[LegalPage]:
        """The pages with a table of cookies."""
        return [page for page, items in self.declared if any(item.table for item in items)]

    @cached_property
    def lower(self) -> str:
        """All of it in lower case."""
        return "\n".join(self._parts()).lower()

    def _parts(self) -> Iterator[str]:
        for page in self.pages:
            if page.document is not None:
                yield page.document.text
                yield from (span.target or "" for span in page.document.spans if span.kind == "link")
        yield from (text for ui in self.requests for text in _shown(ui))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the texts that may be names of cookies, in lower case."""
        return frozenset(token.strip(".:*") for token in TOKEN.findall(VARIABLE.sub("*", self.lower)))

    @cached_property
    def _patterns(self) -> list[Declared]:
        """Names with a mark in them, wherever they stand in a text."""
        marked = {token for token in TOKEN.findall(VARIABLE.sub("*", self.lower)) if "_" in token or "*" in token[2:]}
        return [Declared(name=token.strip(".:"), start=0, end=0) for token in sorted(marked) if token.strip("._*:-")]

    @property
    def partly_seen(self) -> bool:
        """Whether the consent request's preferences hold more than was kept of them, or could not be opened."""
        return any(len(ui.second_text) >= FULL or ui.no_second_layer for ui in self.requests)

    # --- who and what is named ---

    def names_cookie(self, name: str) -> bool:
        """Whether a cookie of that name is named: in a table, by a pattern, as a word."""
        if name.lower() in self.words:
            return True
        items = (item for _, items in self.declared for item in items)
        return any(item.covers(name) for item in (*items, *self._patterns))

    def names_entry(self, entry: Entry) -> bool:
        """Whether a cookie is named, or all that its owner sets."""
        if any(self.names_cookie(name) for name in {*entry.raw_names, entry.name}):
            return True
        vendors = {known(name, entry.site).vendor for name in entry.raw_names} - {""}
        return any(self.names_company(vendor) for vendor in vendors) or bool(entry.site and self.names_site(entry.site))

    def names_party(self, party: Party, site: str) -> bool:
        """Whether who answers at a site is named: the company, one of its products, or the domain."""
        return self.names_company(party.company) or self.names_site(site)

    def names_company(self, company: str) -> bool:
        return any(_holds(self.lower, name) for name in company_names(company))

    def names_site(self, site: str) -> bool:
        """Whether a domain is named, or its telling part."""
        label = site_of(site).partition(".")[0]
        return site in self.lower or (len(label) >= SHORTEST and label not in _common() and _holds(self.lower, label))


def _shown(ui: ConsentUi) -> Iterator[str]:
    yield ui.text
    yield ui.second_text
    yield from (switch.label for switch in ui.switches)


_texts: WeakKeyDictionary[Site, dict[tuple[str, ...], Texts]] = WeakKeyDictionary()


def texts_of(site: Site, kinds: tuple[str, ...] = TELLING) -> Texts:
    """What the pages of some kinds say; read once a site."""
    found = _texts.setdefault(site, {})
    if kinds not in found:
        found[kinds] = Texts(site, kinds)
    return found[kinds]


def not_readable(texts: Texts) -> Iterator[Unknown | Inapplicable]:
    """Why nobody can say what the texts name; nothing when all of them were read."""
    for page in texts.unread:
        reason = f"{page.path}: {unreadable(page, ())}"
        yield Unknown(reason=reason, evidence=page.evidence, pages=Pages.of(page.urls))
    if not texts.pages and not texts.unread:
        yield Inapplicable(reason="no privacy or cookie page was found")


def evidence_of(pages: Iterable[LegalPage], *ids: str) -> tuple[str, ...]:
    """Ids of what was seen, and of the pages."""
    return tuple(dict.fromkeys([*ids, *(one for page in pages for one in page.evidence)]))


# --- what companies are called -------------------------------------------------------------------------------------


@cache
def _entities() -> dict[str, list]:
    return tomllib.loads(files(__package__).joinpath("entities.toml").read_text("utf-8"))


@cache
def _common() -> frozenset[str]:
    return frozenset(_entities()["common"]["words"])


@cache
def company_names(company: str) -> tuple[str, ...]:
    """What a text may call a company or its product; () for nobody in particular ("a statistics service")."""
    lower = company.lower()
    if not lower or lower.startswith(("a ", "an ")):
        return ()
    for entity in _entities()["entity"]:
        if any(_holds(lower, name) for name in entity["company"]):
            return tuple(entity["names"])
    words = [word for word in re.findall(r"[^\W_]+", lower) if len(word) >= SHORTEST and word not in _common()]
    return (lower, *words)


def _holds(text: str, name: str) -> bool:
    """Whether a text has a name as a word of its own; scripts without blanks have no such words."""
    if not name.isascii():
        return name in text
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z])", text) is not None
