"""What a request's body or a socket's message says: its fields by dotted name, whatever it is packed in.

Forms, JSON, lines of either, multipart, gzip, and JSON or forms in the values of these, in base64 too. A list's items are
named by their number: ``events.0.cid``. What has no fields is one text, named "".
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.parser import BytesParser
from email.policy import HTTP
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from auditor.model import MAX_PARTS, ValueShape, from_base64
from auditor.spiders.collectors.times import Redactor
from auditor.urls import masked

MAX_BYTES = 131_072  # looked at of one body, and
MAX_UNPACKED = 1_000_000  # when it was compressed
MAX_TEXT = 20_000  # characters of one field
MAX_DEPTH = 12
MAX_LEAVES = 2_000  # looked at
MAX_FIELDS = 200  # kept, those that could identify somebody first
_PAIR = r"[\w.%$:\[\]+~-]{1,200}=[^&\s]*"
_PAIRS = re.compile(rf"{_PAIR}(?:&(?:{_PAIR})?)*")
_FORM_PART = re.compile(rb"--[\w'()+,./:=?-]{1,70}\r\nContent-Disposition: form-data;", re.IGNORECASE)
_RUNS = re.compile(rb"[\x20-\x7e]{8,}")


@dataclass(slots=True)
class Body:
    """A body as it was sent."""

    data: bytes = b""
    size: int = 0  # bytes
    kind: str = ""  # content type
    unread: str = ""  # why it could not be read


def shapes(body: Body, redactor: Redactor) -> tuple[dict[str, ValueShape], str]:
    """The shapes of a body's fields, and why it could not be read, or not in full."""
    if not body.data:
        return {}, body.unread
    leaves, trouble = read(body.data, body.kind)
    size = max(body.size, len(body.data))
    if not trouble and size > MAX_BYTES:
        trouble = f"only the first {MAX_BYTES:,} of its {size:,} bytes were read"
    return _shapes(leaves, redactor), trouble or body.unread


def read(data: bytes, kind: str) -> tuple[list[tuple[str, str]], str]:
    """(name, value) of everything that a body says, and why it could not be understood."""
    data = _unpacked(data[:MAX_BYTES])
    if data.startswith(b"--") and _FORM_PART.match(data):
        kind = f'multipart/form-data; boundary="{data[2:100].splitlines()[0].decode("latin-1")}"'
    if kind.lower().startswith("multipart/"):
        return list(islice(_multipart(data, kind), MAX_LEAVES)), ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(data) >= MAX_BYTES and error.start >= len(data) - 3  # within a character
        if not cut:
            runs = "\n".join(run.decode("ascii") for run in _RUNS.findall(data))
            return [("", runs)], "it is binary data of an unknown kind"
        text = data.decode("utf-8", "replace")
    return list(islice(_inside("", text, 0), MAX_LEAVES)), ""


def _shapes(leaves: Iterable[tuple[str, str]], redactor: Redactor) -> dict[str, ValueShape]:
    found: dict[str, ValueShape] = {}
    for name, value in leaves:
        shown = masked(name)
        # A name that could identify somebody (a list of visitors by their number) is a value, too.
        _put(found, shown, redactor.sent(value if shown == name else f"{name} {value}"))
    return _most_telling(found)


def merged(told: Iterable[tuple[Mapping[str, ValueShape], str]]) -> tuple[dict[str, ValueShape], str]:
    """The shapes of several bodies as those of one, and the first trouble."""
    found: dict[str, ValueShape] = {}
    troubles = []
    for fields, trouble in told:
        troubles.append(trouble)
        for name, shape in fields.items():
            _put(found, name, shape)
    return _most_telling(found), next(filter(None, troubles), "")


def _put(found: dict[str, ValueShape], name: str, shape: ValueShape) -> None:
    """A name that comes again has the pieces of all of its values."""
    known = found.get(name)
    parts = dict.fromkeys(known.parts + shape.parts) if known else ()
    found[name] = replace(known, parts=tuple(parts)[:MAX_PARTS]) if known else shape


def _most_telling(found: dict[str, ValueShape]) -> dict[str, ValueShape]:
    kept = set(sorted(found, key=lambda name: not found[name].parts)[:MAX_FIELDS])
    return {name: shape for name, shape in found.items() if name in kept}


def _unpacked(data: bytes) -> bytes:
    """Without gzip or zlib around it, as far as it goes."""
    if data[:2] not in (b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda"):
        return data
    try:
        return zlib.decompressobj(wbits=47).decompress(data, MAX_UNPACKED) or data
    except zlib.error:
        return data


def _multipart(data: bytes, kind: str) -> Iterator[tuple[str, str]]:
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    for part in BytesParser(policy=HTTP).parsebytes(head + data).walk():
        content = None if part.is_multipart() else part.get_payload(decode=True)
        if content is not None:
            name = str(part.get_param("name", "", header="content-disposition"))
            yield from _inside(name, _unpacked(content).decode("utf-8", "replace").rstrip("\r\n"), 0)


def _inside(name: str, text: str, depth: int) -> Iterator[tuple[str, str]]:
    """What a text says: the fields of JSON, of a form, of lines of these, of base64 around them; else itself."""
    text = text.strip()
    items = _items(text, top=depth == 0) if depth < MAX_DEPTH else None
    if items is not None:
        yield from _walk(name, items, depth)
    elif depth < MAX_DEPTH and (plain := from_base64(text)):
        yield from _inside(name, plain, depth + 1)
    elif text:
        yield name, text[:MAX_TEXT]


def _items(text: str, *, top: bool) -> Any:
    """A text's parts as a mapping or a list; None when it has none."""
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    lines = text.splitlines() if top else [text]
    if len(lines) > 1:
        items = [_items(line.strip(), top=True) for line in lines[:MAX_LEAVES] if line.strip()]
        return items if items and None not in items else None
    # Inside of something else a single "a=b" may as well be a sentence of the page's own.
    if ("&" in text or (top and "=" in text.rstrip("="))) and _PAIRS.fullmatch(text):
        return _Form(parse_qsl(text, keep_blank_values=True))
    return None


class _Form(list[tuple[str, str]]):
    """The pairs of a form: a name may come again."""


def _walk(name: str, data: Any, depth: int) -> Iterator[tuple[str, str]]:
    pairs: Iterable[tuple[Any, Any]]
    if isinstance(data, _Form):
        pairs = data
    elif isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    else:
        yield from _inside(name, _plain(data), depth + 1)
        return
    if depth >= MAX_DEPTH:
        yield name, str(data)[:MAX_TEXT]
        return
    for key, value in pairs:
        yield from _walk(f"{name}.{key}" if name else str(key), value, depth + 1)


def _plain(data: Any) -> str:
    return data if isinstance(data, str) else "" if data is None else str(data).lower()
