"""What pages and consent requests declare strictly necessary: scripts by category, rows of cookie tables, switches."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import resources

from auditor.model import ConsentUi, Switch, record

# Attributes by which consent tools know a script's category.
CATEGORY = re.compile(
    r"data-(cookie-?)?(category|categories|consent|cookieconsent|cookieyes|purpose|service)|class", re.IGNORECASE
)
SOURCES = ("src", "data-src", "data-cookiecategory-src", "data-cmp-src")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary"})
CELLS = frozenset({"td", "th"})
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'`<>()\\]*")
NAME = re.compile(r"[\w.*:-]{3,80}")
LONGEST = 60  # characters of a heading, a cell or a switch's label that name a category
MAX_INLINE = 20_000  # characters of a script that are read


@record
class Gated:
    """A script that the consent tool runs for a category; ``addresses`` are its own, or those that it names."""

    category: str
    addresses: tuple[str, ...]
    line: int
    inline: bool = False


@record
class Row:
    """A row of a cookie table: the names of cookies in it, and the words that call them necessary."""

    names: tuple[str, ...]
    said: str


def is_necessary(text: str) -> bool:
    """Whether a category's name says that it needs no consent, and nothing else."""
    text = " ".join(text.split())
    return len(text) <= LONGEST and bool(_pattern("words").fullmatch(text)) and not _pattern("mixed").search(text)


def names_tracking(label: str) -> bool:
    """Whether a switch's label names statistics, advertising, or a service for either."""
    label = label[:LONGEST]
    named, necessary = _pattern("tracking").search(label), _pattern("words").search(label)
    if named is None or _pattern("exempt").search(label):
        return False
    # "Statistics (always required)" is the name and its state, "Required, no statistics" the name and what it is not.
    return necessary is None or named.start() < necessary.start()


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("necessary.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = "|".join(_table()[name])
    return re.compile(rf"({words})[\w \-/:()]*" if name == "words" else words, re.IGNORECASE)


def declared_in(html: str) -> tuple[list[Gated], list[Row]]:
    """The scripts of a page with their categories, and the rows of its tables that call something necessary."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.scripts, [row for heading, rows in reader.tables for row in _rows(heading, rows)]


def _rows(heading: str, rows: list[list[str]]) -> Iterator[Row]:
    titles = rows[0] if rows else []
    for cells in rows:
        said = next((cell for cell, title in _with_titles(cells, titles) if _calls_necessary(cell, title)), "")
        said = said or (heading if is_necessary(heading) else "")
        short = [cell for cell in cells[:2] if len(cell) <= 2 * LONGEST]
        names = tuple(name for cell in short for name in ([cell] if NAME.fullmatch(cell) else names_in(cell)))
        if said and names and cells is not titles:
            yield Row(names=names, said=said)


def _with_titles(cells: list[str], titles: list[str]) -> list[tuple[str, str]]:
    return [(cell, titles[index] if index < len(titles) else "") for index, cell in enumerate(cells)]


def _calls_necessary(cell: str, title: str) -> bool:
    """ "Required" below "Consent" says the opposite."""
    return is_necessary(cell) and not _pattern("consent").search(title)


def passages(ui: ConsentUi) -> list[tuple[Switch, str]]:
    """What the preferences say below each switch; nothing where the switches cannot be told apart in their text."""
    switches = [switch for switch in ui.switches if switch.layer == 2 and switch.label.strip()]
    places: list[int] = []
    for switch in switches:
        start = places[-1] + 1 if places else 0
        places.append(ui.second_text.find(switch.label.strip()[:LONGEST].rstrip("…"), start))
        if places[-1] < 0:
            return []
    ends = [*places, len(ui.second_text)][1:]
    return [(switch, ui.second_text[a:b]) for switch, a, b in zip(switches, places, ends, strict=True)]


def names_in(text: str) -> Iterable[str]:
    """Words of a text that can be names of cookies: no word of a language has such a mark in it."""
    return dict.fromkeys(word.strip(".:") for word in NAME.findall(text) if re.search(r"[_\d]", word))


def _categories(given: dict[str, str]) -> list[str]:
    """The categories that an element's attributes name."""
    values = [value for name, value in given.items() if CATEGORY.fullmatch(name)]
    parts = [part for value in values for part in re.split(r"[\s,]+", value) if part]
    return [part.removeprefix("optanon-category-") for part in parts]


class _Reader(HTMLParser):
    """Scripts with a category, and tables with the heading above them."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[Gated] = []
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._heading = ""
        self._text: list[str] | None = None  # of the heading or the cell that is open
        self._around: list[str] = []  # categories of the template around the scripts
        self._script: list[tuple[str, int]] = []  # categories of the inline script that is open, with its line

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "script":
            self._open_script(given)
        elif tag == "template":
            self._around = _categories(given)
        elif tag == "table":
            self.tables.append((self._heading, []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in HEADINGS or (tag in CELLS and self.tables and self.tables[-1][1]):
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def _open_script(self, given: dict[str, str]) -> None:
        source = next((given[name] for name in SOURCES if given.get(name)), "")
        line = self.getpos()[0]
        categories = _categories(given) or self._around
        if source:
            self.scripts += [Gated(category=name, addresses=(source,), line=line) for name in categories]
        else:
            self._script = [(name, line) for name in categories]

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = []
        elif tag == "template":
            self._around = []
        if self._text is None or tag not in HEADINGS | CELLS:
            return
        text, self._text = " ".join("".join(self._text).split()), None
        if tag in CELLS:
            self.tables[-1][1][-1].append(text)
        elif tag == "caption" and self.tables:
            self.tables[-1] = (text, self.tables[-1][1])
        else:
            self._heading = text

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        for category, line in self._script:
            addresses = tuple(dict.fromkeys(ADDRESS.findall(data[:MAX_INLINE])))
            self.scripts.append(Gated(category=category, addresses=addresses, line=line, inline=True))
