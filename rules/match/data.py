"""What privacy policies call the data that forms ask for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    table = tomllib.loads(files(__package__).joinpath("data.toml").read_text("utf-8"))
    return re.compile("|".join(table[kind]))


def named(kind: str, text: str) -> bool:
    """Whether a text in lower case names a kind of data anywhere, also by a wider word (contact details)."""
    return _pattern(kind).search(text) is not None
