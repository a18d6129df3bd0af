"""The faults of the demo shop: what each one is, and which findings it must give."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, NamedTuple

FILES = resources.files(__package__)
_TABLES: Mapping[str, Mapping[str, Any]] = tomllib.loads(FILES.joinpath("faults.toml").read_text("utf-8"))

FAULTS: Mapping[str, str] = {name: table["says"] for name, table in _TABLES.items() if not table.get("hides")}
"""Name to description of every fault that can be shown together with all the others."""

VARIANTS: Mapping[str, str] = {name: table["says"] for name, table in _TABLES.items() if table.get("hides")}
"""Faults of the whole shop that make some of ``FAULTS`` invisible: to be switched on by themselves."""


class Expected(NamedTuple):
    """A finding that must come: each word, case ignored, is in its subject, quote, context or sample pages."""

    rule: str
    words: tuple[str, ...]


def checked(faults: Iterable[str]) -> frozenset[str]:
    """The given names as a set; ValueError names the ones that the shop does not know."""
    names = frozenset(faults)
    if unknown := names - _TABLES.keys():
        known = ", ".join(sorted(_TABLES))
        raise ValueError(f"The demo shop has no fault {', '.join(sorted(unknown))}. It has: {known}.")
    return names


def this_year() -> int:
    """The year that the shop prints in its notices and dates."""
    return datetime.date.today().year


def stale_year() -> int:
    """The last year in the notice of the fault ``copyright-year-stale``."""
    return this_year() - 3


def expected_findings(faults: Iterable[str]) -> dict[str, list[Expected]]:
    """For each fault the findings that a complete audit must give; the clean twin has none."""
    return {name: [_expected(row) for row in _TABLES[name]["expect"]] for name in sorted(checked(faults))}


def _expected(row: list[str]) -> Expected:
    rule, *words = row
    return Expected(rule, tuple(word.replace("{stale_year}", str(stale_year())) for word in words))


def slots(faults: frozenset[str]) -> dict[str, str]:
    """What the legal texts have in their slots, as HTML, under these faults."""
    return {
        table["slot"]: table["faulty" if name in faults else "clean"]
        for name, table in _TABLES.items()
        if "slot" in table
    }
