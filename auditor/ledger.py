"""The ledger of a run: every cookie and storage key, with all that was seen of it in all browser profiles, and what was sent.

A value that is the same in two fresh profiles identifies nobody; one that differs, and stays, does. That comparison is the
heart of it: names and lists of trackers are never complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from auditor.cookies import stable_names
from auditor.model import Cookie, CookieWrite, Request, StorageItem, ValueShape, Visit
from auditor.trackers import NEEDED, party
from auditor.urls import host_of, site_of

if TYPE_CHECKING:
    from auditor.site import Site

# differs: another in each fresh profile · rotates: another in each visit, too · same: equal in fresh profiles ·
# looks: seen in one profile only, and random to look at · inside: something in it may be · none: too short to be one
Likeness = Literal["differs", "rotates", "same", "looks", "inside", "none"]
Values = Mapping[str, list[tuple[int, ValueShape]]]  # profile -> (order of the visit, value)
IDENTIFYING = frozenset({"differs", "rotates", "looks"})
FOREVER = float("inf")
MAX_NAME = 80  # characters


@dataclass(eq=False, slots=True)
class Entry:
    """One cookie or storage key of one party, over the whole run."""

    kind: str  # "cookie", or the storage area
    name: str  # with * for what differs between profiles
    site: str  # registrable domain of the third party, "" for the shop
    cookies: list[tuple[Visit, Cookie]] = field(default_factory=list)
    items: list[tuple[Visit, StorageItem]] = field(default_factory=list)
    writes: list[tuple[Visit, CookieWrite]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The name for people: the page decides how long and how strange it is."""
        name = " ".join(self.name.split()) or "(no name)"
        return name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…"

    def all_records(self) -> tuple[tuple[Visit, Cookie | StorageItem | CookieWrite], ...]:
        return (*self.cookies, *self.items, *self.writes)

    @property
    def raw_names(self) -> set[str]:
        return {record.name for _, record in (*self.cookies, *self.writes)} | {item.key for _, item in self.items}

    @property
    def hosts(self) -> set[str]:
        """The hosts that the cookie or the storage belongs to."""
        domains = {record.domain.lstrip(".") for _, record in (*self.cookies, *self.writes)}
        return domains | {host_of(item.origin) for _, item in self.items}

    @property
    def lifetime(self) -> float:
        """The longest lifetime asked for or kept, in seconds; 0 = until the browser is closed."""
        if self.kind != "cookie":
            return 0.0 if self.kind == "sessionStorage" else FOREVER
        return max((record.lifetime or 0.0 for _, record in (*self.cookies, *self.writes)), default=0.0)

    @property
    def http_only(self) -> bool:
        return any(record.http_only for _, record in (*self.cookies, *self.writes))

    @property
    def scripts(self) -> set[str]:
        """Addresses of the scripts that wrote it."""
        causes = [write.cause for _, write in self.writes if write.via != "header" and not deletes(write)]
        return {cause.url for cause in (*causes, *(item.cause for _, item in self.items)) if cause.url}

    @property
    def by_script(self) -> bool:
        """Whether a script wrote it, as far as is known: an HttpOnly cookie comes by header."""
        vias = {write.via for _, write in self.writes if not deletes(write)}
        return bool(vias - {"header"}) if vias else not self.http_only

    def values(self, chosen: bool) -> Values:
        """Its values by profile; ``chosen`` adds those from after an acceptance."""
        found: dict[str, list[tuple[int, ValueShape]]] = {}
        for visit, record in self.all_records():
            deleted = isinstance(record, CookieWrite) and deletes(record)
            accepted = visit.scenario == "withdrawn" or (visit.scenario == "accepted" and record.phase == "after")
            if record.value.digest and not deleted and (chosen or not accepted):
                found.setdefault(visit.profile, []).append((visit.order, record.value))
        return found

    def likeness(self) -> Likeness:
        """Whether its value is an identifier. What came after an acceptance counts only where nothing else can."""
        values = self.values(chosen=False)
        return likeness(values if len(values) > 1 else self.values(chosen=True))

    def pieces(self) -> dict[str, set[str]]:
        """Profile -> the pieces of its values that no other profile has."""
        return own_pieces(self.values(chosen=True))


def deletes(write: CookieWrite) -> bool:
    """Whether a write takes the cookie away."""
    return write.lifetime is not None and write.lifetime <= 0


def own_pieces(values: Values) -> dict[str, set[str]]:
    """Profile -> the pieces of values that no other profile has."""
    pieces = {profile: {part for _, shape in shapes for part in shape.parts} for profile, shapes in values.items()}
    return {
        profile: own.difference(*(others for other, others in pieces.items() if other != profile))
        for profile, own in pieces.items()
    }


def likeness(values: Values) -> Likeness:
    """Whether values seen in several profiles are an identifier."""
    shapes = [shape for shapes in values.values() for _, shape in shapes]
    if not any(shape.parts for shape in shapes):
        return "none"
    own = own_pieces(values)
    telling = [profile for profile, pieces in own.items() if pieces]
    if len(telling) > 1:
        return "rotates" if all(_rotates(values[profile], own[profile]) for profile in telling) else "differs"
    holders = [profile for profile, shapes in values.items() if any(shape.parts for _, shape in shapes)]
    if len(holders) > 1:
        return "same"
    return "looks" if any(map(looks_random, shapes)) else "inside"


def _rotates(shapes: Iterable[tuple[int, ValueShape]], own: set[str]) -> bool:
    """Whether no piece outlives a visit, where there was more than one."""
    by_visit: dict[int, set[str]] = {}
    for order, shape in shapes:
        if pieces := own.intersection(shape.parts):
            by_visit.setdefault(order, set()).update(pieces)
    in_order = [by_visit[order] for order in sorted(by_visit)]
    return len(in_order) > 1 and all(one.isdisjoint(other) for one, other in pairwise(in_order))


def comes_again(values: Values) -> bool:
    """Whether a piece that only one profile has was seen twice in it."""
    for profile, pieces in own_pieces(values).items():
        seen = [piece for _, shape in values[profile] for piece in pieces.intersection(shape.parts)]
        if len(seen) > len(set(seen)):
            return True
    return False


def looks_random(shape: ValueShape) -> bool:
    """Whether a value looks like an identifier when there is no second profile to compare it with."""
    least = {"uuid": 32, "hex": 16, "alnum": 16, "base64": 20, "digits": 9}
    return bool(shape.parts) and shape.length >= least.get(shape.charset, shape.length + 1)


class Ledger:
    """The entries of a run by (kind, raw name, site), and the pieces and parameters that third parties were sent."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.profiles = {visit.profile for visit in site.visits.values() if visit.outcome == "ok"}
        self._entries: dict[tuple[str, str, str], Entry] = {}
        self.sent: dict[str, dict[str, Request]] = {}  # profile -> piece -> the first request that carried it abroad
        self.params: dict[tuple[str, str], dict[str, list[tuple[int, ValueShape]]]] = {}  # (site, parameter) -> values
        for cls, names in ((Cookie, "cookies"), (CookieWrite, "writes"), (StorageItem, "items")):
            self._read(cls, names)
        self._merge_unstable_names()
        self._read_requests()

    def entries(self) -> list[Entry]:
        return list(dict.fromkeys(self._entries.values()))

    def entry(self, kind: str, name: str, site: str) -> Entry | None:
        return self._entries.get((kind, name, site))

    def foreign_site(self, url: str) -> str:
        """Registrable domain of an address that is not the shop's, else ""."""
        return "" if not host_of(url) or self.site.own(url) else site_of(host_of(url))

    def _visited(self, cls: type) -> Iterator[tuple[Visit, object]]:
        for visit in self.site.visits.values():
            for record in self.site.run.fetch(cls, visit=visit.id):
                yield visit, record

    def _read(self, cls: type, names: str) -> None:
        for visit, record in self._visited(cls):
            if cls is StorageItem:
                kind, name, url = record.area, record.key, record.origin
            else:
                kind, name, url = "cookie", record.name, f"https://{record.domain.lstrip('.')}/"
            key = (kind, name, self.foreign_site(url) if record.third_party else "")
            entry = self._entries.setdefault(key, Entry(*key))
            getattr(entry, names).append((visit, record))

    def _merge_unstable_names(self) -> None:
        families: dict[tuple[str, str], dict[str, set[str]]] = {}
        for (kind, name, site), entry in self._entries.items():
            for visit, _ in entry.all_records():
                families.setdefault((kind, site), {}).setdefault(visit.profile, set()).add(name)
        stable = {family: stable_names(by_profile) for family, by_profile in families.items()}
        merged: dict[tuple[str, str, str], Entry] = {}
        for key, entry in list(self._entries.items()):
            kind, name, site = key
            name = stable[kind, site][name]
            whole = merged.setdefault((kind, name, site), Entry(kind, name, site))
            whole.cookies += entry.cookies
            whole.items += entry.items
            whole.writes += entry.writes
            self._entries[key] = whole

    def _read_requests(self) -> None:
        for number, (visit, request) in enumerate(self._visited(Request)):
            if not (request.third_party and request.sent) or self.site.own(request.url):
                continue
            if party(request.url).category in NEEDED:
                continue
            site, pieces = site_of(host_of(request.url)), self.sent.setdefault(visit.profile, {})
            for name, shape in (*request.params.items(), *request.body.items()):
                if shape.parts:
                    self.params.setdefault((site, name), {}).setdefault(visit.profile, []).append((number, shape))
                for part in shape.parts:
                    pieces.setdefault(part, request)
