"""Filter lists of the shop's owner (Adblock Plus syntax, such as EasyPrivacy): whatever they name counts as tracking.

None ships with the auditor, for their licences differ from ours. Matching is the work of the package ``adblock``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from auditor.config import ConfigError
from auditor.model import Request

# CDP's resource types as filter lists call them; others are "other".
KINDS = {
    "document": "sub_frame",
    "fetch": "xmlhttprequest",
    "xhr": "xmlhttprequest",
    "ping": "ping",
    "script": "script",
    "image": "image",
    "stylesheet": "stylesheet",
    "font": "font",
    "media": "media",
    "websocket": "websocket",
}
MISSING = "consent.filter_lists needs the package adblock: `pip install 'storefront-auditor[filters]'`"


class Filters:
    """Several lists, ready to be asked."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Raises ConfigError when a list cannot be read, or the package is not there."""
        self._engines = [(Path(path).name, _engine(Path(path))) for path in paths]

    def naming(self, request: Request) -> str:
        """Name of the first list that would block a request, "" when none would."""
        kind = KINDS.get(request.kind, "other")
        for name, engine in self._engines:
            if engine.check_network_urls(request.url, request.frame or request.url, kind).matched:
                return name
        return ""


def _engine(path: Path) -> Any:
    try:
        import adblock
    except ImportError:
        raise ConfigError(MISSING) from None
    try:
        text = path.read_text("utf-8", "replace")
    except OSError as error:
        raise ConfigError(f"consent.filter_lists: {path} cannot be read: {error.strerror}") from error
    rules = adblock.FilterSet()
    rules.add_filter_list(text)
    return adblock.Engine(rules)
