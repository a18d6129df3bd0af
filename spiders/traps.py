"""Links that change something at the shop when they are followed: told by words of their address, their text and their rel.

A crawler must not add to a cart, log out, delete, vote or switch the currency (and the shops' own robots.txt seldom says so).
Switches of language and currency by GET are dropped from an address rather than refused: some shops carry them on every link.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.spiders.lexicon import words

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|do|action|cgi|json)\Z")
_COUNTER = re.compile(r"[\s\d()\[\]{}×✕✖+!:,.…*-]+\Z")
_WORD = re.compile(r"[a-z0-9]+")
_PERMALINK = re.compile(r"\d+:\d+")  # Shopify: /cart/<variant>:<quantity> fills the cart
_ID = re.compile(r"[\d:,-]+\Z")
_STRONG = frozenset({"add", "remove", "delete", "logout"})

_SEGMENTS, _THINGS, _DEEDS = words("traps", "segments"), words("traps", "things"), words("traps", "deeds")
_ALONE, _TEXTS, _BASKETS = words("traps", "alone"), words("traps", "texts"), words("traps", "baskets")
_PARAMETERS, _SWITCHES = words("traps", "parameters"), words("traps", "switches")
_DEED_PARAMETERS, _DEED_VALUES = words("traps", "deed_parameters"), words("traps", "deed_values")
_NOFOLLOW, _LABELS = words("traps", "nofollow"), words("traps", "labels")
_ROUTES = words("shape", "routes")


def changes_state(url: str, text: str = "", nofollow: bool = False) -> bool:
    """Whether following this link may change something at the shop."""
    return _by_address(url) or _by_text(text) or (nofollow and _by_nofollow(url))


def without_switches(url: str) -> str:
    """The address without parameters that switch the language or the currency."""
    head, mark, query = url.partition("?")
    if not mark:
        return url
    pairs = query.split("&")
    kept = [pair for pair in pairs if plain_name(pair.partition("=")[0]) not in _SWITCHES]
    if len(kept) == len(pairs):
        return url
    return f"{head}?{'&'.join(kept)}" if kept else head


@lru_cache(maxsize=2048)
def plain_name(name: str) -> str:
    """A path segment's or parameter's name for comparison: lower case, hyphens between words, without ending and index."""
    name = _ENDING.sub("", unquote(name).strip().lower()).partition("[")[0]
    return name.replace("_", "-").replace(".", "-").strip("-")


@lru_cache(maxsize=2048)
def _by_text(text: str) -> bool:
    return _COUNTER.sub("", text.casefold()).strip(" «»\"'") in _LABELS


def _by_nofollow(url: str) -> bool:
    parts = urlsplit(url)
    return not _NOFOLLOW.isdisjoint(_WORD.findall(f"{parts.path} {parts.query}".lower()))


@lru_cache(maxsize=2048)
def _by_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    steps = [plain_name(segment) for segment in parts.path.split("/") if segment]
    if _steps_change(steps):
        return True
    return any(_parameter_changes(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)[:60])


def _steps_change(steps: list[str]) -> bool:
    in_texts = not _TEXTS.isdisjoint(steps[:-1])
    for index, step in enumerate(steps):
        if step in _SEGMENTS or (_PERMALINK.search(step) and steps[index - 1] == "cart"):
            return True
        if step in _DEEDS and _done_to(steps, index) in _THINGS:
            return True
        if not in_texts and (step in _ALONE or _is_button(step)):
            return True
    return False


def _done_to(steps: list[str], index: int) -> str:
    """What the deed at ``index`` is done to: the step before, over an id or an index."""
    before = [step for step in steps[max(0, index - 2) : index] if not _ID.match(step) and step != "index"]
    return before[-1] if before else ""


def _is_button(step: str) -> bool:
    """``add-product-to-cart``, ``customer-logout``: few words, of which one is a deed and one a basket."""
    parts = step.split("-")
    if "logout" in parts:
        return len(parts) <= 3
    return 2 <= len(parts) <= 4 and not _STRONG.isdisjoint(parts) and not _BASKETS.isdisjoint(parts)


def _parameter_changes(name: str, value: str) -> bool:
    name = plain_name(name)
    if name in _ROUTES and ("/" in value or name == "route"):
        return _steps_change([plain_name(step) for step in re.split(r"[/.|]", value) if step])
    if name in _PARAMETERS or name.startswith(("add-to-", "remove-from-")):
        return True
    if name in _DEED_PARAMETERS:
        deed = plain_name(value)
        return deed in _DEED_VALUES or not _STRONG.isdisjoint(deed.split("-"))
    return False
