"""What is known of the names of cookies and storage keys: purpose, vendor, and what an unknown name suggests.

The knowledge is data: ``data/cookies.toml`` is our own and goes first, ``data/cookies.tsv`` holds the facts of the Open
Cookie Database. A name that many parties use (``id``, ``sid``, ``session``) decides nothing by itself: it is unknown here, and
behaviour decides (``auditor.consent``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from auditor.model import record
from auditor.urls import site_of

Purpose = Literal["necessary", "functional", "analytics", "marketing", "unknown"]
DATA = resources.files("auditor") / "data"
SHORTEST_PREFIX = 5  # shorter prefixes of the Open Cookie Database (ct_, P_, ua_) fit anybody's names


@record
class Known:
    """What is known of a name. ``sure`` when our own knowledge, or the cookie's domain, says so."""

    purpose: Purpose = "unknown"
    vendor: str = ""
    kind: str = ""  # for necessary and functional names: what it is needed for, in words
    sure: bool = False


UNKNOWN = Known()
CONSENT = Known(purpose="necessary", kind="the visitor's consent", sure=True)

# Names by which consent tools, bought or home-made, remember the visitor's choice.
_CONSENT = re.compile(
    r"consent|cookie[-_. ]?(law|notice|policy|bar|banner|control|settings?|pref\w*|choices?|accept\w*|allow\w*|agreed?|hint|info"
    r"|disclaimer|categor\w*|level|hub|warning|message|compliance|status|ok|dismiss\w*|seen|hidden)(?![a-z])"
    r"|(accept|allow|agree|decline|deny|reject|hide|confirm)\w{0,3}[-_. ]?cookies?\b|(?<![a-z])(gdpr|ccpa|dsgvo|rgpd|lgpd)(?![a-z])"
    r"|usprivacy|\bopt[-_]?out\b|[-_]opt[-_]?out",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@lru_cache(maxsize=4096)
def known(name: str, site: str = "") -> Known:
    """What is known of a cookie or storage key. ``site`` is the registrable domain of a third party, "" for the shop."""
    found = _own_knowledge(name) or (CONSENT if not site and _CONSENT.search(name) else None)
    return found or _database(name, site) or UNKNOWN


def hint(name: str) -> str:
    """What the words of an unknown name suggest: ``tracking``, ``session``, ``cart``, ``auth``, ``csrf``, ``choice``, ``security`` or "".

    Words of tracking win: ``cart_tracker_id`` is not the cart.
    """
    words = _words(name)
    hints = _table()["hints"]
    for suggestion in ("tracking", "csrf", "cart", "auth", "security", "session", "choice"):
        if any(word in words for word in hints[suggestion]):
            return suggestion
    return ""


def is_generic(name: str) -> bool:
    """Whether a name says nothing about who set it: too short, or made of words that everybody uses."""
    words = _WORD.findall(name)
    generic = _table()["generic_set"]
    return len(name) < 4 or not words or all(word.lower() in generic or word.isdigit() for word in words)


def _words(name: str) -> set[str]:
    """The words of a name, and neighbours joined: ``deviceId`` gives device, id and deviceid."""
    words = [word.lower() for word in _WORD.findall(name)]
    return {*words, *(one + other for one, other in pairwise(words))}


# --- names whose variable part belongs to the visitor ------------------------------------------------------------

_VARIABLE = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{9,}|(?<![0-9a-zA-Z])(?=[a-zA-Z]*\d)[0-9a-zA-Z]{6,}"
)
_ALWAYS_VARIABLE = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|1[4-9]\d{11}")


def stable_names(by_profile: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For every name the form that stays the same in every run: what differs between fresh browser profiles becomes ``*``.

    ``_ga_AB12CD34`` is the shop's own property and stays; ``cart_5f2a91c0`` beside ``cart_77aa01d2`` in another profile is
    ``cart_*``.
    """
    names = {profile: set(names) for profile, names in by_profile.items()}
    holders: dict[str, set[str]] = {}
    for profile, own in names.items():
        for name in own:
            holders.setdefault(name, set()).add(profile)
    rivals: dict[str, set[str]] = {}
    for name, profiles in holders.items():
        if len(profiles) == 1:
            rivals.setdefault(_VARIABLE.sub("*", name), set()).update(profiles)
    return {name: _stable(name, len(profiles) == 1, rivals) for name, profiles in holders.items()}


def _stable(name: str, lonely: bool, rivals: Mapping[str, set[str]]) -> str:
    for pattern, matches in _unstable():
        if matches(name):
            return pattern
    template = _VARIABLE.sub("*", name)
    if lonely and template != name and template.strip("*-_.:/ ") and len(rivals.get(template, ())) > 1:
        return template
    return _ALWAYS_VARIABLE.sub("*", name)


# --- the tables ----------------------------------------------------------------------------------------------------


@cache
def _table() -> dict[str, Any]:
    table = tomllib.loads((DATA / "cookies.toml").read_text("utf-8"))
    table["generic_set"] = frozenset(table["generic"]["words"])
    return table


def matcher(pattern: str) -> re.Pattern[str]:
    """A name pattern (``*`` any characters, ``?`` one) as a regular expression that ignores case."""
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(text, re.IGNORECASE | re.DOTALL)


@cache
def _unstable() -> list[tuple[str, Any]]:
    return [(pattern, matcher(pattern).fullmatch) for pattern in _table()["unstable"]["patterns"]]


@cache
def _own() -> tuple[dict[str, Known], list[tuple[re.Pattern[str], Known]]]:
    """Our own knowledge: exact names (lower case), and patterns with the longest first."""
    exact, patterns = {}, []
    for entry in _table()["known"]:
        item = Known(purpose=entry["purpose"], vendor=entry.get("vendor", ""), kind=entry.get("kind", ""), sure=True)
        for name in entry["names"]:
            if "*" in name or "?" in name:
                patterns.append((name, item))
            else:
                exact[name.lower()] = item
    patterns.sort(key=lambda pair: -len(pair[0]))
    return exact, [(matcher(name), item) for name, item in patterns]


def _own_knowledge(name: str) -> Known | None:
    exact, patterns = _own()
    return exact.get(name.lower()) or next((item for pattern, item in patterns if pattern.fullmatch(name)), None)


@cache
def _facts() -> tuple[dict[str, list[tuple[str, Known]]], list[tuple[str, str, Known]]]:
    """The Open Cookie Database: exact name -> (site, what is known), and (prefix, site, what is known)."""
    exact: dict[str, list[tuple[str, Known]]] = {}
    prefixes = []
    for name, purpose, vendor, domain, _ in read_table("cookies.tsv"):
        item = Known(purpose=purpose, vendor=vendor)
        if name.endswith("*") and len(name) > SHORTEST_PREFIX:
            prefixes.append((name[:-1], site_of(domain), item))
        else:
            exact.setdefault(name, []).append((site_of(domain), item))
    prefixes.sort(key=lambda row: -len(row[0]))
    return exact, prefixes


def read_table(file: str) -> Iterator[list[str]]:
    """The rows of a tab-separated table of ours; lines that begin with ``#`` are remarks."""
    for line in (DATA / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _database(name: str, site: str) -> Known | None:
    exact, prefixes = _facts()
    fitting = exact.get(name, [])
    fitting = fitting + [(home, item) for prefix, home, item in prefixes if name.startswith(prefix)]
    for home, item in fitting:
        if home and home == site:
            return Known(purpose=item.purpose, vendor=item.vendor, sure=True)
    items = [item for home, item in fitting if not (home and site)]
    told_apart = len({item.purpose for item in items}) == 1 and not is_generic(name)
    return items[0] if told_apart else None
