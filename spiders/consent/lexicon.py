"""What the controls of a consent request say in eleven languages, made ready for the script that reads the page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

ROLES = ("pay", "policy", "reject", "necessary-only", "accept-all", "save", "settings", "accept", "close")
TOPICS = ("cookie", "privacy", "choice", "tracking")
# JavaScript's \b knows ASCII alone.
_BOUNDARY = r"(?:(?<=\p{L})(?!\p{L})|(?<!\p{L})(?=\p{L}))"
_ALPHABETIC = re.compile(r"\(*[a-zà-ž]")


@cache
def words() -> Mapping[str, Mapping[str, list[str]]]:
    """The lexicon as it stands in the file."""
    return tomllib.loads(files("auditor.spiders.consent").joinpath("lexicon.toml").read_text("utf-8"))


@cache
def patterns() -> Mapping[str, object]:
    """Sources of JavaScript regular expressions (flags ``iu``): by role in the order of trying, by topic, and for switches."""
    table = words()
    return {
        "roles": {role: source(table[role].values()) for role in ROLES},
        "topics": {topic: source(table["topic"][topic].values()) for topic in TOPICS},
        **{name: source(table[name].values()) for name in ("necessary", "every", "beside", "yes", "no")},
    }


def source(lists: Iterable[list[str]]) -> str:
    """Lists of fragments as one alternation for JavaScript (flags ``iu``). The fragments that begin a word share the test for it, so that few places are tried in a text."""
    fragments = [fragment.replace("\\b", _BOUNDARY) for fragments in lists for fragment in fragments]
    words = [fragment for fragment in fragments if _ALPHABETIC.match(fragment)]
    others = [fragment for fragment in fragments if not _ALPHABETIC.match(fragment)]
    joined = [f"(?<!\\p{{L}})(?:{'|'.join(words)})"] if words else []
    return "|".join([*joined, *others])
