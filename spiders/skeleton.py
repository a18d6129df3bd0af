"""The skeleton of a page: the structure that its template makes, as a digest in which likeness can be measured.

A page's features are the elements with a class, an id or a meaning of their own outside header, menus and footer, each with
the one around it; ten products or twenty make the same features, and a visitor's text makes none. The digest is a one-permutation
minhash (Li, Owen, Zhang 2012: "One Permutation Hashing") of the set: 64 bins of 8 bits. The share of equal bins estimates
the Jaccard likeness of two pages, with a standard error of about 0.05 near 0.8.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from auditor.spiders.lexicon import words

BINS = 64
STRUCTURE = words("skeleton", "structure")
_STATES = words("skeleton", "states")
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{1,40}\Z")
MAX_FEATURES = 2000


class Skeleton:
    """Gathers the features of one page."""

    def __init__(self) -> None:
        self._features: set[str] = set()

    def add(self, path: str, tag: str, attributes: dict[str, str | None]) -> str:
        """Take down an element inside ``path``; the path of what is in it."""
        token = _token(tag, attributes.get("id") or "", attributes.get("class") or "", attributes.get("role") or "")
        if not token or len(self._features) >= MAX_FEATURES:
            return path
        self._features.add(f"{path}>{token}")
        return token

    def digest(self) -> str:
        """128 hex digits; two for each bin, 00 for an empty one."""
        least: dict[int, bytes] = {}
        for feature in self._features:
            index, rank = _hashed(feature)
            if index not in least or rank < least[index]:
                least[index] = rank
        return bytes(least[index][-1] or 1 if index in least else 0 for index in range(BINS)).hex()


@lru_cache(maxsize=8192)
def _token(tag: str, identity: str, names: str, role: str) -> str:
    made = sorted({name for name in names.split() if _WORD.match(name) and name.lower() not in _STATES})
    identity = identity if _WORD.match(identity) else ""
    if not made and not identity and not role and tag not in STRUCTURE:
        return ""
    return f"{tag}#{identity}.{'.'.join(made[:6])}"


@lru_cache(maxsize=16384)
def _hashed(feature: str) -> tuple[int, bytes]:
    raw = blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return raw[0] % BINS, raw[1:]
