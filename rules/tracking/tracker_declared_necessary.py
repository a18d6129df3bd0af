from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import urljoin

from auditor.cookies import known, matcher
from auditor.model import Finding, Page, Pages
from auditor.rules.consent.evidence import subject
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import TRACKING, party
from auditor.urls import host_of

ARTICLES = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 5(1)(a)", "GDPR Art. 13(1)(c)"),
    "de": ("TDDDG § 25(2)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6(4)", "UK GDPR Art. 5(1)(a)"),
    "br": ("LGPD Art. 6, I", "LGPD Art. 9"),
}
# Attributes by which consent tools know a script's category.
CATEGORY = re.compile(
    r"data-(cookie-?)?(category|categories|consent|cookieconsent|cookieyes|purpose|service)|class", re.IGNORECASE
)
PURPOSES = frozenset({"analytics", "marketing"})


@rule(severity="error", needs=("pages",), articles=ARTICLES)
def tracker_declared_necessary(site: Site) -> Iterator[Finding]:
    """Something that tracks visitors is declared strictly necessary.

    Why: What is declared necessary runs whatever the visitor chooses, and the visitor is told the opposite of what happens. Statistics and
    advertising are never strictly necessary for a shop.

    Fix: Put it into the category that it belongs to, in the consent tool, in the cookie table and in the auditor's own configuration.
    """
    yield from _configured(site)
    for page in site.pages():
        html = site.html(page)
        if html:
            yield from _in_page(site, page, html)


def _configured(site: Site) -> Iterator[Finding]:
    """Known trackers among consent.necessary: nobody may switch a finding off like that by mistake."""
    for pattern in site.config.consent.necessary:
        for entry in site.consent.ledger.entries():
            names = sorted(name for name in entry.raw_names if matcher(pattern).fullmatch(name))
            item = next((found for name in names if (found := known(name, entry.site)).sure), None)
            if item and item.purpose in PURPOSES:
                yield Finding(
                    message=f"The configuration declares {entry.shown} necessary (consent.necessary), but its name is known from {item.purpose}.",
                    subject=f"consent.necessary: {subject(entry)}",
                    evidence=tuple(record.id for _, record in entry.all_records())[:3],
                    fix=f"Take {pattern} out of consent.necessary, or name in it only what is necessary.",
                )


def _in_page(site: Site, page: Page, html: str) -> Iterator[Finding]:
    found = _Reader()
    found.feed(html)
    found.close()
    for category, source, line in found.scripts:
        url = urljoin(page.url, source)
        who = party(url)
        foreign = site.consent.ledger.foreign_site(url)
        if foreign and _is_necessary(category) and (who.category in TRACKING or url in site.consent.writers):
            yield Finding(
                message=f"The script of {who.company or host_of(url)} is marked “{category}”, as if it were strictly necessary.",
                subject=foreign,
                evidence=(page.id,),
                pages=Pages.of([page.url]),
                quote=category,
                cause=f"HTML, line {line}",
                fix=f"Give the script of {host_of(url)} the category of what it does, such as analytics or marketing.",
            )
    for cells in found.rows:
        yield from _in_row(site, page, cells)


def _in_row(site: Site, page: Page, cells: list[str]) -> Iterator[Finding]:
    """A row of a cookie table: a cell that is a tracker's name, and one that says "necessary" and nothing else."""
    said = next((cell for cell in cells[1:] if len(cell) < 40 and _is_necessary(cell)), "")
    for name in cells[:1] if said else ():
        item = known(name)
        if item.sure and item.purpose in PURPOSES:
            yield Finding(
                message=f"The table of cookies calls {name} “{said}”, but its name is known from {item.purpose}{f' ({item.vendor})' if item.vendor else ''}.",
                subject=name,
                evidence=(page.id,),
                pages=Pages.of([page.url]),
                quote=said,
                fix=f"Say in the table what {name} is for, and set it only after consent.",
            )


@cache
def _words() -> re.Pattern[str]:
    table = tomllib.loads(resources.files(__package__).joinpath("necessary.toml").read_text("utf-8"))
    return re.compile(rf"({'|'.join(table['words'])})[\w -]*", re.IGNORECASE)


def _is_necessary(text: str) -> bool:
    return bool(_words().fullmatch(text.strip()))


class _Reader(HTMLParser):
    """Scripts that are held back for a category, and the rows of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[str, str, int]] = []  # category, address, line
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._script({name: value or "" for name, value in attributes})
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []

    def _script(self, given: dict[str, str]) -> None:
        source = given.get("src") or given.get("data-src") or given.get("data-cookiecategory-src") or ""
        categories = [value for name, value in given.items() if CATEGORY.fullmatch(name)]
        for category in (part for value in categories for part in re.split(r"[\s,]+", value) if part):
            if source:
                self.scripts.append((category.removeprefix("optanon-category-"), source, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
