"""Tells a new script from one that was seen: inline bodies by what they do, not by the data in them."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlsplit

MAX_BODY = 200_000
_TYPES = frozenset(
    (
        "",
        "module",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "text/ecmascript",
        "text/plain",
    )
)
# Every alternative succeeds once it has begun (what is not closed ends with the text), so that matching takes linear time.
_TOKENS = re.compile(
    r"""/\*(?:.*?\*/|.*)|(?<![:'"\\])//[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?|\d[\d.]*""",
    re.DOTALL,
)
_HOST = re.compile(r"(?:https?:)?\\?/\\?/([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([\[\]{}(),:;]) ?")
_VALUE = r"(?:''|-?0|true|false|null|undefined|\[\]|\{\})"
_PAIR = rf"(?:''|\w+):{_VALUE}"
_LIST = re.compile(rf"\[{_VALUE}(?:,{_VALUE})*,?\]")
_OBJECT = re.compile(rf"\{{{_PAIR}(?:,{_PAIR})*,?\}}")
_LONG_NUMBER = re.compile(r"\d+")
_HASH = re.compile(r"\b(?=[a-z0-9]*\d)[a-z0-9]{8,}\b", re.IGNORECASE)


def is_script(kind: str) -> bool:
    """Whether a script element of this type is code; ``text/plain`` is how consent tools hold a script back."""
    return kind.partition(";")[0].strip().lower() in _TYPES


def digest(body: str) -> str:
    """16 hex digits that stay the same when only data changes: strings but for hosts, numbers, lists, white space."""
    return _digest(body[:MAX_BODY])


@lru_cache(maxsize=256)
def _digest(body: str) -> str:
    hosts: set[str] = set()

    def plain(found: re.Match[str]) -> str:
        token = found[0]
        if token[0] not in "\"'`":
            return " " if token[0] == "/" else "0"
        hosts.update(host.lower() for host in _HOST.findall(token))
        return "''"

    code = _AROUND.sub(r"\1", _SPACE.sub(" ", _TOKENS.sub(plain, body))).strip()
    for _ in range(12):
        shorter = _OBJECT.sub("{}", _LIST.sub("[]", code))
        if shorter == code:
            break
        code = shorter
    # As a set: "add(1); add(2)" says no more than "add(1)".
    text = "\0".join([*sorted(set(code.split(";"))), *sorted(hosts)])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def family(url: str) -> str:
    """Host and path of a script without version numbers and build hashes."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") + _LONG_NUMBER.sub("0", _HASH.sub("*", parts.path))
