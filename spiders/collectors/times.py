"""When something happened relative to the choice, and what of an address may be kept."""

from __future__ import annotations

from functools import lru_cache

from auditor.model import Phase, ValueShape
from auditor.urls import host_of, redacted, site_of


class Clock:
    """The times of one visit. A time is wall-clock seconds, as Chromium and the pages' scripts tell it."""

    def __init__(self, start: float, *, chosen_before: bool) -> None:
        self.start = start
        self.chosen_before = chosen_before  # the choice was made in an earlier visit of this profile
        self.pressed: float | None = None  # when the first control was pressed, if in this visit
        self.chosen: float | None = None  # when the choice was made, if in this visit and confirmed

    def since_start(self, time: float) -> float:
        return round(max(0.0, time - self.start), 3)

    def phase(self, time: float) -> Phase | None:
        """The phase that a time belongs to; None after a press of which nobody can say what it chose."""
        if self.chosen_before:
            return "after"
        if self.chosen is not None:
            return "before" if time < self.chosen else "after"
        return None if self.pressed is not None and time >= self.pressed else "before"

    @property
    def end(self) -> Phase | None:
        """The phase at the visit's end."""
        return self.phase(float("inf"))


class Redactor:
    """Tells the shop's own hosts from others, and keeps of addresses what may be kept."""

    def __init__(self, shop: str, own_hosts: frozenset[str], key: bytes) -> None:
        self._site, self._own_hosts, self.key = site_of(host_of(shop)), own_hosts, key
        self.plain = lru_cache(maxsize=2048)(lambda url: redacted(url, key)[0] if url else "")

    def address(self, url: str) -> tuple[str, dict[str, ValueShape]]:
        kept, shapes = redacted(url, self.key)
        return kept, dict(shapes)

    def third_party(self, url: str) -> bool:
        return self.third_party_host(host_of(url))

    def third_party_host(self, host: str) -> bool:
        return bool(host) and site_of(host) != self._site and host not in self._own_hosts

    def shape(self, value: str) -> ValueShape:
        return ValueShape.of(value, self.key)
