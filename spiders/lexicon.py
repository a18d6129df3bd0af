"""The words of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(files("auditor.spiders").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words (or, where the file has a list, the phrases) under ``name`` of a table."""
    value = _tables()[table][name]
    return frozenset(value.split() if isinstance(value, str) else value)
