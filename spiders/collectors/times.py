"""When something happened relative to the choice, and what of an address may be kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import islice

from auditor.model import MAX_PARTS, Phase, ValueShape, digest, telling_pieces
from auditor.urls import host_of, redacted, site_of


class Clock:
    """The times of one visit. A time is wall-clock seconds, as Chromium and the pages' scripts tell it."""

    def __init__(self, start: float, *, chosen_before: bool = False, scrolled_before: bool = False) -> None:
        self.start = start
        self.chosen_before = chosen_before  # the choice was made in an earlier visit of this profile
        self.scrolled: float | None = start if scrolled_before else None  # when the visitor began to scroll
        self.over: float | None = None  # from here on nothing counts: something was pressed only to be looked at
        self.pressed: float | None = None  # when the first control was pressed, if in this visit
        self.chosen: float | None = None  # when the choice was made, if in this visit and confirmed

    def since_start(self, time: float) -> float:
        return round(max(0.0, time - self.start), 3)

    def phase(self, time: float) -> Phase | None:
        """The phase that a time belongs to; None after a press of which nobody can say what it chose."""
        if self.over is not None and time >= self.over:
            return None
        if self.chosen_before:
            return "after"
        if self.scrolled is not None and time >= self.scrolled:
            return "scrolled"
        if self.chosen is not None:
            return "before" if time < self.chosen else "after"
        return None if self.pressed is not None and time >= self.pressed else "before"

    @property
    def end(self) -> Phase | None:
        """The phase at the visit's end."""
        return self.phase(float("inf"))


class Redactor:
    """Tells the shop's own hosts from others, and keeps of addresses and values what may be kept.

    ``stored`` are the values that the profile keeps: their pieces are recognised in what is sent, in addresses and hashed too.
    """

    def __init__(self, shop: str, own_hosts: frozenset[str], key: bytes, stored: Iterable[str] = ()) -> None:
        self._site, self._own_hosts, self.key = site_of(host_of(shop)), own_hosts, key
        self._stored = {value: pieces for value in stored if (pieces := telling_pieces(value))}
        self._pieces = frozenset(piece for pieces in self._stored.values() for piece in pieces)
        self.plain = lru_cache(maxsize=2048)(lambda url: self.address(url)[0] if url else "")
        self.shape = lru_cache(maxsize=2048)(partial(ValueShape.of, key=key))

    def address(self, url: str) -> tuple[str, dict[str, ValueShape]]:
        foreign = self.third_party(url)
        kept, shapes = redacted(url, self.key, foreign=foreign, stored=self._pieces, shape=self.sent)
        return kept, dict(shapes)

    def third_party(self, url: str) -> bool:
        return self.third_party_host(host_of(url))

    def third_party_host(self, host: str) -> bool:
        return bool(host) and site_of(host) != self._site and host not in self._own_hosts

    def sent(self, value: str) -> ValueShape:
        """The shape of a value that was sent: a stored value's hash has the parts of that value."""
        shape = self.shape(value)
        hidden = {piece for found in _HASH.findall(value) for piece in self._hashes.get(found.lower(), ())}
        if not hidden:
            return shape
        parts = (*sorted(digest(piece, self.key) for piece in hidden), *shape.parts)
        return replace(shape, parts=tuple(dict.fromkeys(parts))[:MAX_PARTS])

    @cached_property
    def _hashes(self) -> dict[str, tuple[str, ...]]:
        """Hash of a stored value, or of a piece of it -> the pieces."""
        found: dict[str, tuple[str, ...]] = {}
        for value, pieces in islice(self._stored.items(), MAX_HASHED):
            for text, inside in ((value, tuple(pieces)), *((piece, (piece,)) for piece in pieces)):
                found.update((hashed(text.encode()).hexdigest(), inside) for hashed in _HASHES)
                found[text.replace("-", "").lower()] = inside
        return found


MAX_HASHED = 200  # stored values
_HASH = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})(?![0-9a-zA-Z])")
_HASHES = (partial(hashlib.md5, usedforsecurity=False), partial(hashlib.sha1, usedforsecurity=False), hashlib.sha256)
