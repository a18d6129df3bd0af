"""The cookies that legal pages declare: names, lifetimes and providers in tables, lists and term lists, in eight languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from auditor.cookies import matcher
from auditor.document import Block, Document
from auditor.model import record

MAX_ROWS = 1000  # of tables and lists on a page
MAX_CELL = 300  # characters of a cell that is read for names
SHORT = 60  # characters of a cell that says nothing but a lifetime
MAX_TITLE = 40  # characters of a column's head
SHORTEST_FAMILY = 3  # letters of a declared name that may stand for a family of names
MARKED = re.compile(r"[_\d*.<{\[-]|[a-z][A-Z]")  # what words of a language do not have in them
TOKEN = re.compile(r"[\w.*:<>{}\[\]#$%@!~-]{1,120}")
REMARK = re.compile(r"\([^()]*\)|（[^（）]*）")
# <container-id>, {id}, [id], XXXX, ###, … stand for what differs
VARIABLE = re.compile(r"<[^<>]*>|\{[^{}]*\}|\[[^\[\]]*\]|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|#+|\.\.\.|…|\*+")
OPENING = re.compile(
    r"\s*(?:cookies? )?[“\"'`«]?([\w.*<>{}\[\]#$@!-]{2,80})[”\"'`»]?\s?(?:[:：–—(（]|- )", re.IGNORECASE
)
SESSION = 0.0
ENDLESS = float("inf")


@record
class Declared:
    """A cookie that a page declares at ``text[start:end]``. ``lifetime``: seconds, 0 for a session, None when not said."""

    name: str  # * for any characters
    lifetime: float | None = None
    provider: str = ""
    purpose: str = ""
    start: int
    end: int
    table: bool = False

    def covers(self, name: str) -> bool:
        """Whether it declares a cookie of that name: itself, by its pattern, or as one of its family."""
        if matcher(self.name).fullmatch(name):
            return True
        stem = self.name.rstrip("*_-.").lower()
        return len(stem) >= SHORTEST_FAMILY and name.lower().startswith(tuple(f"{stem}{mark}" for mark in "_-.:"))


def declared_in(document: Document) -> list[Declared]:
    """The cookies that a page names in rows, items or terms."""
    found = [*_in_tables(document), *_in_lists(document), *_in_terms(document)]
    return found[:MAX_ROWS]


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("declared.toml").read_text("utf-8"))


# --- lifetimes -----------------------------------------------------------------------------------------------------


def lifetime_in(text: str) -> float | None:
    """The longest lifetime that a short text says, in seconds; None when it says none."""
    spans = [float(_number(match[1])) * _unit(match[2]) for match in _duration().finditer(text)]
    if _word("endless").search(text):
        return ENDLESS
    if spans:
        return max(spans)
    return SESSION if _word("session").search(text) else None


@cache
def _duration() -> re.Pattern[str]:
    numbers = "|".join(word for words in _table()["numbers"].values() for word in words)
    units = sorted((word for words in _table()["units"].values() for word in words), key=len, reverse=True)
    number = rf"\d{{1,5}}(?:[.,]\d{{1,2}})?|\b(?:{numbers})"
    return re.compile(rf"({number})[\s-]?({'|'.join(units)})(?![a-zäöüáéíóúñ])", re.IGNORECASE)


@cache
def _number(text: str) -> float:
    for value, words in _table()["numbers"].items():
        if re.fullmatch("|".join(words), text, re.IGNORECASE):
            return float(value)
    return float(text.replace(",", "."))


@cache
def _unit(text: str) -> float:
    """Longer words first: ``mes`` is a month, ``m`` nothing."""
    table = _table()["units"]
    return next(
        float(seconds)
        for seconds in sorted(table, key=float, reverse=True)
        if re.fullmatch("|".join(table[seconds]), text, re.IGNORECASE)
    )


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()["words"][name]), re.IGNORECASE)


@cache
def _column(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()["columns"][name]), re.IGNORECASE)


# --- names ---------------------------------------------------------------------------------------------------------


def names_of(cell: str, alone: bool = True) -> list[str]:
    """The names of cookies in a cell; ``alone``: a single word is a name, whatever it looks like."""
    parts = [
        part.strip(" .:")
        for part in re.split(r"[,;/\n、，·]|\s(?:and|und|et|y|e|및|和|と)\s", REMARK.sub(" ", cell[:MAX_CELL]))
    ]
    names: list[str] = []
    for part in parts:
        tokens = TOKEN.findall(VARIABLE.sub("*", part))
        if len(tokens) == 1 and alone:
            names += tokens
        else:
            names += [token for token in tokens if MARKED.search(token)]
    return [name for token in names if (name := token.strip(".:")).strip("*")]


# --- where they stand ----------------------------------------------------------------------------------------------


def _in_tables(document: Document) -> Iterator[Declared]:
    rows = (block for block in document.blocks if block.row)
    for _, blocks in groupby(rows, key=_table_of):
        columns: dict[str, int] = {}
        for _, cells in groupby(blocks, key=lambda block: block.row):
            row = _cells(list(cells))
            titles = _titles(document, row)
            if titles:
                columns = titles
            elif columns:
                yield from _declared_row(document, row, columns)


def _table_of(block: Block) -> str:
    """The path of the table that a cell is in."""
    found = re.match(r"(?:.*> )?table(?::nth-of-type\(\d+\))?", block.path)
    return found[0] if found else ""


def _cells(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end: blocks in one cell share the last element around them that is a cell."""
    cells: dict[str, tuple[int, int]] = {}
    for block in blocks:
        key = re.match(r".*>\s*t[dh](?::nth-of-type\(\d+\))?", block.path)
        name = key[0] if key else block.path
        start = cells[name][0] if name in cells else block.start
        cells[name] = (start, block.end)
    return list(cells.values())


def _titles(document: Document, row: list[tuple[int, int]]) -> dict[str, int]:
    """The columns of a table by what they hold, where this row is the head of a table of cookies."""
    texts = [document.text[start:end] for start, end in row]
    if len(texts) < 2 or any(len(text) > MAX_TITLE or MARKED.search(text.strip(" *")) for text in texts):
        return {}
    found: dict[str, int] = {}
    for column in ("lifetime", "provider", "purpose", "name"):
        at = next((i for i, text in enumerate(texts) if i not in found.values() and _column(column).search(text)), None)
        if at is not None:
            found[column] = at
    return found if "name" in found and len(found) > 1 else {}


def _declared_row(document: Document, row: list[tuple[int, int]], columns: dict[str, int]) -> Iterator[Declared]:
    texts = {column: document.text[slice(*row[at])] for column, at in columns.items() if at < len(row)}
    told = texts.get("lifetime", "")
    # A lifetime may stand in the purpose or in a column that nobody named.
    if "lifetime" not in columns:
        told = next(
            (text for start, end in row if len(text := document.text[start:end]) <= SHORT and lifetime_in(text)), ""
        )
    for name in names_of(texts.get("name", "")):
        yield Declared(
            name=name,
            lifetime=lifetime_in(told),
            provider=texts.get("provider", ""),
            purpose=texts.get("purpose", ""),
            start=row[0][0],
            end=row[-1][1],
            table=True,
        )


def _in_lists(document: Document) -> Iterator[Declared]:
    for block in document.blocks:
        if block.row or block.part == "frame" or block.kind not in ("item", "paragraph", "label"):
            continue
        opening = OPENING.match(document.text, block.start, block.end)
        name = VARIABLE.sub("*", opening[1]) if opening else ""
        if opening and MARKED.search(name) and name.strip("*._-") and not name.strip(".")[0].isdigit() and "_" in name:
            text = document.text[opening.end() : block.end]
            yield Declared(name=name, lifetime=_only_lifetime(text), start=block.start, end=block.end)


def _in_terms(document: Document) -> Iterator[Declared]:
    """``<dt>`` with the ``<dd>`` that follow."""
    for block in document.blocks:
        if block.kind != "term" or block.part == "frame":
            continue
        following = [other for other in document.after(block, 2) if other.kind == "cell" and not other.row]
        text = " ".join(map(document.of, following))
        for name in names_of(document.of(block), alone=False):
            end = following[-1].end if following else block.end
            yield Declared(name=name, lifetime=_only_lifetime(text), start=block.start, end=end)


def _only_lifetime(text: str) -> float | None:
    """The lifetime in a sentence, where it speaks of one only."""
    if len(_duration().findall(text)) > 1:
        return None
    return lifetime_in(text)
