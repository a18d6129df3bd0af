"""Writes the first ``auditor.toml``: every key with its description, its default commented out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from auditor.config import fields

HEADER = (
    "Configuration of storefront-auditor. A key that is commented out shows its default.",
    "Every key is also a flag (`auditor run --help`); the command line wins.",
    "Credentials of a staging shop belong into the environment: AUDITOR_BASIC_AUTH, AUDITOR_HEADERS, AUDITOR_COOKIES.",
)


def starter(values: Mapping[str, Any]) -> str:
    """The file's text; ``values`` by dotted key stand in it as set, everything else as a comment."""
    document = tomlkit.document()
    for line in HEADER:
        document.add(tomlkit.comment(line))
    tables: dict[str, TOMLDocument | Table] = {"": document}
    for key, field in fields():
        section, _, name = key.rpartition(".")
        if section not in tables:
            tables[section] = tomlkit.table()
            document.add(tomlkit.nl())
            document.add(section, tables[section])
        _add(tables[section], name, field.description or "", field.default, values.get(key), spaced=not section)
    return tomlkit.dumps(document)


def _add(table: TOMLDocument | Table, name: str, told: str, default: Any, value: Any, spaced: bool) -> None:
    if spaced:
        table.add(tomlkit.nl())
    table.add(tomlkit.comment(told))
    if value is None:
        table.add(tomlkit.comment(f"{name} = {_toml(default)}"))
    else:
        table.add(name, list(value) if isinstance(value, tuple) else value)


def _toml(value: Any) -> str:
    """Our defaults are texts, numbers, truth values and lists of them: there JSON is TOML."""
    return json.dumps(value, ensure_ascii=False)
