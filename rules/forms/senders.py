"""Services that shops send forms to, by what texts call them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("senders.toml").read_text("utf-8"))


def sender_names(domain: str) -> tuple[str, ...]:
    """What texts may call the service of a registrable domain; () for an unknown one."""
    return tuple(_table().get(domain, ()))
