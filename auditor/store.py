"""The run: one folder with one SQLite file and a folder of blobs. Only this module knows the format.

``run.sqlite`` holds a table a kind of evidence (a column a field, nested fields as JSON), the frontier, the results and the
manifest; it opens in any SQLite browser as it is. Blobs lie in ``blobs/ab/abcd….gz``, named by the SHA-256 of their
uncompressed bytes. A page, its links and its frontier entry are committed in one transaction, and SQLite's write-ahead log survives
``kill -9`` at any moment; what was in hand then is fetched again by the run that resumes.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import secrets
import sqlite3
import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from auditor.model import EVIDENCE, LinkBlock, Page, Result, record

FORMAT = 2
FILE = "run.sqlite"
R = TypeVar("R")


class RunError(Exception):
    """The run's folder cannot be used; the message says why and what to do."""


@record
class Address:
    """An entry of the frontier: an address to fetch, in plain data."""

    row: int = 0
    key: str  # normalised URL: what makes two addresses one
    url: str
    depth: int = 0
    found_by: str = "link"
    referrer: str = ""
    text: str = ""  # text of the link that led here
    hops: int = 0  # redirects followed to get here
    priority: int = 0  # lower is fetched earlier
    family: str = ""  # facet combinations of one listing share a family, whose size is capped


# --- records as rows --------------------------------------------------------------------------------------------

_PLAIN = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}
_NAMES = {cls: name for name, cls in EVIDENCE.items()}


def _plain(hint: Any) -> type | None:
    """The scalar type behind a field's annotation, or None when the field is stored as JSON."""
    if hint in _PLAIN:
        return hint
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return str
    if isinstance(hint, types.UnionType):
        kinds = [_plain(argument) for argument in arguments if argument is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class _Column:
    name: str
    kind: str
    adapter: TypeAdapter | None
    boolean: bool

    def pack(self, value: Any) -> Any:
        return self.adapter.dump_json(value).decode() if self.adapter else value

    def unpack(self, value: Any) -> Any:
        if self.adapter:
            return self.adapter.validate_json(value)
        return bool(value) if self.boolean and value is not None else value


@cache
def _columns(cls: type) -> tuple[_Column, ...]:
    hints = typing.get_type_hints(cls)
    columns = []
    for item in dataclasses.fields(cls):
        if item.name == "id":
            continue
        plain = _plain(hints[item.name])
        adapter = None if plain else TypeAdapter(hints[item.name])
        columns.append(_Column(item.name, _PLAIN.get(plain, "TEXT"), adapter, plain is bool))
    return tuple(columns)


def _create_table(name: str, cls: type) -> str:
    columns = ", ".join(f'"{column.name}" {column.kind}' for column in _columns(cls))
    return f"CREATE TABLE IF NOT EXISTS {name} (row INTEGER PRIMARY KEY, {columns})"


@cache
def _insert(cls: type) -> str:
    columns = _columns(cls)
    names = ", ".join(f'"{column.name}"' for column in columns)
    return f"INSERT INTO {_NAMES[cls]} ({names}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _select(cls: type) -> str:
    names = ", ".join(f'"{column.name}"' for column in _columns(cls))
    return f"SELECT row, {names} FROM {_NAMES[cls]}"


def _where(cls: type, where: Mapping[str, Any]) -> str:
    """The condition for plain fields that equal given values.

    The answer of an address that cannot exist (``found_by="probe"``) is no page of the shop: only who asks for it gets it.
    """
    terms = [f'"{name}" = ?' for name in where]
    if cls is Page and "found_by" not in where:
        terms.append("found_by != 'probe'")
    return f" WHERE {' AND '.join(terms)}" if terms else ""


def _pack(value: Any) -> list[Any]:
    return [column.pack(getattr(value, column.name)) for column in _columns(type(value))]


def _unpack(cls: type[R], row: tuple[Any, ...]) -> R:
    values = {column.name: column.unpack(cell) for column, cell in zip(_columns(cls), row[1:], strict=True)}
    return cls(id=f"{_NAMES[cls]}:{row[0]}", **values)


_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # state: queued, taken (in hand), done, skipped (reason says why)
    "CREATE TABLE IF NOT EXISTS frontier (row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, "
    "depth INTEGER NOT NULL, found_by TEXT NOT NULL, referrer TEXT NOT NULL, text TEXT NOT NULL, hops INTEGER NOT NULL, "
    "priority INTEGER NOT NULL, family TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX IF NOT EXISTS frontier_next ON frontier (priority, row) WHERE state = 'queued'",
    "CREATE TABLE IF NOT EXISTS family (name TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS news (key TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS result (rule TEXT PRIMARY KEY, outcome TEXT NOT NULL, severity TEXT NOT NULL, data TEXT NOT NULL)",
    *(_create_table(name, cls) for name, cls in EVIDENCE.items()),
    "CREATE UNIQUE INDEX IF NOT EXISTS page_url ON page (url)",
    "CREATE UNIQUE INDEX IF NOT EXISTS link_block_digest ON link_block (digest)",
    *(
        f"CREATE INDEX IF NOT EXISTS {name}_visit ON {name} (visit)"
        for name, cls in EVIDENCE.items()
        if "visit" in {column.name for column in _columns(cls)}
    ),
)

_OFFER = (
    "INSERT OR IGNORE INTO frontier (key, url, depth, found_by, referrer, text, hops, priority, family, state, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADDRESS = "row, key, url, depth, found_by, referrer, text, hops, priority, family"


def _frontier_row(address: Address, state: str = "queued", reason: str = "") -> tuple[Any, ...]:
    return (
        address.key,
        address.url,
        address.depth,
        address.found_by,
        address.referrer,
        address.text,
        address.hops,
        address.priority,
        address.family,
        state,
        reason,
    )


class Run:
    """An open run. One process writes a run at a time; readers may look at it meanwhile."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._db = connection

    # --- opening ---

    @classmethod
    def create(cls, folder: Path) -> Run:
        """Make a new run in ``folder`` (made if missing). Raises RunError when there is one already or it can't be made."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"cannot make the run's folder {folder}: {error.strerror}") from error
        if (folder / FILE).exists():
            raise RunError(f"{folder} holds a run already; go on with it (--resume {folder}) or choose another --out")
        run = cls._connect(folder)
        with run.transaction():
            for statement in _SCHEMA:
                run._db.execute(statement)
            run.note("format", FORMAT)
            run.note("key", secrets.token_hex(16))
        return run

    @classmethod
    def open(cls, folder: Path) -> Run:
        """Open the run in ``folder``. Raises RunError when there is none or it is of another format."""
        if not (folder / FILE).is_file():
            raise RunError(f"there is no run in {folder} (no {FILE}); `auditor crawl URL --out {folder}` makes one")
        run = cls._connect(folder)
        try:
            found = run.noted("format")
        except sqlite3.DatabaseError as error:
            run.close()
            raise RunError(f"{folder / FILE} is not a run: {error}") from error
        if found != FORMAT:
            run.close()
            raise RunError(f"{folder} was written in format {found}; this version reads format {FORMAT}")
        return run

    @classmethod
    def _connect(cls, folder: Path) -> Run:
        try:
            connection = sqlite3.connect(folder / FILE, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
        except sqlite3.Error as error:
            raise RunError(f"cannot write {folder / FILE}: {error}") from error
        return cls(folder, connection)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nests into the outer one."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # --- manifest ---

    def note(self, key: str, value: Any) -> None:
        """Write ``value`` (plain JSON data) into the manifest under ``key``."""
        self._db.execute("INSERT OR REPLACE INTO manifest VALUES (?, ?)", (key, json.dumps(value)))

    def noted(self, key: str, default: Any = None) -> Any:
        row = self._db.execute("SELECT value FROM manifest WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else default

    def manifest(self) -> dict[str, Any]:
        """All of the manifest but the key that values were hashed under."""
        rows = self._db.execute("SELECT key, value FROM manifest WHERE key != 'key' ORDER BY key")
        return {key: json.loads(value) for key, value in rows}

    def value_key(self) -> bytes:
        """The key for ValueShape. Raises RunError when the run is complete: then values can't be compared any more."""
        if key := self.noted("key"):
            return bytes.fromhex(key)
        raise RunError("this run is complete: nothing more can be added to it")

    def forget_key(self) -> None:
        """Drop the key, so that nobody can test guesses of a cookie's value against its digest."""
        self._db.execute("DELETE FROM manifest WHERE key = 'key'")

    # --- evidence ---

    def add(self, item: Any) -> str:
        """Store a record; its id."""
        cursor = self._db.execute(_insert(type(item)), _pack(item))
        return f"{_NAMES[type(item)]}:{cursor.lastrowid}"

    def add_visit(self, visit: Any, records: Iterable[Any]) -> str:
        """Store a visit and its records (their ``visit`` is set here) in one transaction; the visit's id."""
        with self.transaction():
            visit_id = self.add(visit)
            for item in records:
                self.add(dataclasses.replace(item, visit=visit_id))
        return visit_id

    def fetch(self, cls: type[R], **where: Any) -> Iterator[R]:
        """Records of ``cls`` whose plain fields equal ``where``, in the order of writing; the probe only when asked for."""
        query = _select(cls) + _where(cls, where) + " ORDER BY row"
        for row in self._db.execute(query, tuple(where.values())):
            yield _unpack(cls, row)

    def values(self, cls: type, *fields: str, **where: Any) -> Iterator[tuple[Any, ...]]:
        """The ids and some fields of records: for walks over all pages that need little of each."""
        known = {column.name: column for column in _columns(cls)}
        if unknown := set(fields) - set(known):
            raise ValueError(f"not fields of {cls.__name__}: {', '.join(sorted(unknown))}")
        columns = [known[name] for name in fields]
        names = ", ".join(f'"{name}"' for name in fields)
        query = f"SELECT row, {names} FROM {_NAMES[cls]}{_where(cls, where)} ORDER BY row"
        for row in self._db.execute(query, tuple(where.values())):
            cells = (column.unpack(cell) for column, cell in zip(columns, row[1:], strict=True))
            yield f"{_NAMES[cls]}:{row[0]}", *cells

    def count(self, cls: type, **where: Any) -> int:
        query = f"SELECT count(*) FROM {_NAMES[cls]}{_where(cls, where)}"
        return self._db.execute(query, tuple(where.values())).fetchone()[0]

    def get(self, record_id: str) -> Any:
        """The record with this id, or None."""
        name, _, row = record_id.partition(":")
        cls = EVIDENCE.get(name)
        if cls is None or not row.isdigit():
            return None
        found = self._db.execute(_select(cls) + " WHERE row = ?", (int(row),)).fetchone()
        return _unpack(cls, found) if found else None

    def update_pages(self, field: str, values: Mapping[str, Any]) -> None:
        """Fill one plain field of pages, given by page id, that only the whole crawl can know (``template``)."""
        if field not in {column.name for column in _columns(Page) if column.adapter is None}:
            raise ValueError(f"not a plain field of Page: {field}")
        rows = ((value, int(page_id.partition(":")[2])) for page_id, value in values.items())
        with self.transaction():
            self._db.executemany(f'UPDATE page SET "{field}" = ? WHERE row = ?', rows)

    # --- blobs ---

    def put_blob(self, data: bytes) -> str:
        """Keep ``data``; its name (SHA-256). The same bytes are kept once."""
        name = hashlib.sha256(data).hexdigest()
        path = self._blob_path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_bytes(gzip.compress(data, compresslevel=5, mtime=0))
            half.replace(path)
        return name

    def blob(self, name: str) -> bytes:
        """The bytes kept under ``name``. Raises RunError when they are missing or changed."""
        try:
            data = gzip.decompress(self._blob_path(name).read_bytes())
        except (OSError, EOFError) as error:
            raise RunError(f"evidence is missing or damaged: blob {name} in {self.folder} ({error})") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise RunError(f"evidence was changed: blob {name} in {self.folder}")
        return data

    def _blob_path(self, name: str) -> Path:
        return self.folder / "blobs" / name[:2] / f"{name}.gz"

    # --- frontier ---

    def offer(self, addresses: Iterable[Address], family_limit: int = 0) -> int:
        """Queue the addresses that are new (by key); how many were. A full family's are kept as skipped."""
        addresses = list(addresses)
        with self.transaction():
            bare = (_frontier_row(address) for address in addresses if not address.family)
            new = max(0, self._db.executemany(_OFFER, bare).rowcount)
            return new + sum(self._offer(address, family_limit) for address in addresses if address.family)

    def _offer(self, address: Address, family_limit: int) -> int:
        full = bool(family_limit) and self._family_size(address.family) >= family_limit
        row = _frontier_row(address, "skipped", "facet limit") if full else _frontier_row(address)
        if self._db.execute(_OFFER, row).rowcount < 1 or full:
            return 0
        self._db.execute(
            "INSERT INTO family VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET size = size + 1", (address.family,)
        )
        return 1

    def _family_size(self, name: str) -> int:
        row = self._db.execute("SELECT size FROM family WHERE name = ?", (name,)).fetchone()
        return row[0] if row else 0

    def take(self, before: int | None = None) -> Address | None:
        """The next address, now in hand; None when nothing is queued (with a priority ``before`` the one given)."""
        earlier = "" if before is None else "AND priority < ? "
        row = self._db.execute(
            f"UPDATE frontier SET state = 'taken' WHERE row = (SELECT row FROM frontier WHERE state = 'queued' {earlier}"
            f"ORDER BY priority, row LIMIT 1) RETURNING {_ADDRESS}",
            () if before is None else (before,),
        ).fetchone()
        return Address(**dict(zip(_ADDRESS.split(", "), row, strict=True))) if row else None

    def finish(
        self,
        address: Address,
        page: Page,
        blocks: Iterable[LinkBlock],
        found: Iterable[Address],
        family_limit: int = 0,
    ) -> str:
        """Store the page with its link blocks, mark its address done and queue what it links to: one transaction."""
        with self.transaction():
            rows = tuple(self._block_row(block) for block in blocks)
            page_id = self.add(dataclasses.replace(page, blocks=rows))
            self._db.execute("UPDATE frontier SET state = 'done' WHERE row = ?", (address.row,))
            self.offer(found, family_limit)
        return page_id

    def leave(self, address: Address, found: Iterable[Address]) -> None:
        """Mark an address done that is no page (a sitemap) and queue what it names: one transaction."""
        with self.transaction():
            self._db.execute("UPDATE frontier SET state = 'done' WHERE row = ?", (address.row,))
            self.offer(found)

    def url_of(self, key: str) -> str:
        """The address that stands for a normalised one: its page has this ``url``; "" when it is not known."""
        row = self._db.execute("SELECT url FROM frontier WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def skip(self, address: Address, reason: str) -> None:
        """The address is not fetched after all, for this reason (robots.txt, page limit, ...)."""
        self._db.execute("UPDATE frontier SET state = 'skipped', reason = ? WHERE row = ?", (reason, address.row))

    def release_taken(self) -> int:
        """Queue again what was in hand when the crawl stopped; how many."""
        return self._db.execute("UPDATE frontier SET state = 'queued' WHERE state = 'taken'").rowcount

    def frontier_counts(self) -> Counter[str]:
        """How many addresses are queued, taken, done and skipped."""
        return Counter(dict(self._db.execute("SELECT state, count(*) FROM frontier GROUP BY state")))

    def skipped_reasons(self) -> Counter[str]:
        rows = self._db.execute("SELECT reason, count(*) FROM frontier WHERE state = 'skipped' GROUP BY reason")
        return Counter(dict(rows))

    def has_block(self, digest: str) -> bool:
        """Whether a link block is known: then its links were offered already."""
        return self._db.execute("SELECT 1 FROM link_block WHERE digest = ?", (digest,)).fetchone() is not None

    def _block_row(self, block: LinkBlock) -> int:
        known = self._db.execute("SELECT row FROM link_block WHERE digest = ?", (block.digest,)).fetchone()
        return known[0] if known else int(self.add(block).partition(":")[2])

    def is_news(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of ``keys`` that the run had not seen; they are seen from now on (call it in the page's transaction)."""
        new = []
        for key in keys:
            if self._db.execute("INSERT OR IGNORE INTO news VALUES (?)", (key,)).rowcount == 1:
                new.append(key)
        return tuple(new)

    # --- results ---

    def save_results(self, results: Iterable[Result]) -> None:
        """Replace the run's results."""
        adapter = TypeAdapter(Result)
        with self.transaction():
            self._db.execute("DELETE FROM result")
            self._db.executemany(
                "INSERT INTO result VALUES (?, ?, ?, ?)",
                ((r.rule, r.outcome, r.severity, adapter.dump_json(r).decode()) for r in results),
            )

    def results(self) -> list[Result]:
        adapter = TypeAdapter(Result)
        return [adapter.validate_json(row[0]) for row in self._db.execute("SELECT data FROM result ORDER BY rule")]
