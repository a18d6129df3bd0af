"""The words of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads(files("auditor.rules.copyright").joinpath("words.toml").read_text(encoding="utf-8"))
