"""What needs consent of all that a shop keeps on the visitor's device.

Law asks consent for whatever is not strictly necessary for the service that the visitor asked for (ePrivacy Directive
2002/58/EC Art. 5(3)). A machine sees names, owners, writers, lifetimes and values, so each judgement comes with its reason
in words and how sure it is. ``unclear`` is nothing to report: no sign of an identifier, or one that dies with the session
and stays at the shop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from auditor.cookies import Known, hint, known, matcher
from auditor.ledger import FOREVER, IDENTIFYING, Entry, Ledger, comes_again, likeness, looks_random
from auditor.model import Confidence, record
from auditor.trackers import FILES, NEEDED, TRACKING, Party, bare, party, party_of_host
from auditor.urls import host_of, site_of

if TYPE_CHECKING:
    from auditor.site import Site

DAY = 86_400.0
MONTH = 31 * DAY
YEAR = 400 * DAY  # the longest that Chromium keeps a cookie

Need = Literal["necessary", "needs-consent", "unclear"]


@record
class Verdict:
    """Whether something stored on the device needs consent."""

    need: Need
    why: str  # in words, to follow a colon
    confidence: Confidence = "high"
    vendor: str = ""
    purpose: str = "unknown"


class Judge:
    """Judges what one run saw. Verdicts are kept: rules and requests ask for them again and again."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ledger = Ledger(site)
        self._verdicts: dict[Entry, Verdict] = {}
        self._parameters: dict[tuple[str, str], str] = {}

    def verdict(self, entry: Entry) -> Verdict:
        """Whether a cookie or storage key needs consent."""
        if entry not in self._verdicts:
            opinions = (opinion(self, entry) for opinion in OPINIONS)
            self._verdicts[entry] = next(verdict for verdict in opinions if verdict)
        return self._verdicts[entry]

    def recipient(self, entry: Entry) -> str:
        """Address of another party that an identifier was sent to in a request's parameters, "" when none was."""
        if entry.likeness() not in IDENTIFYING:
            return ""
        for profile, pieces in entry.pieces().items():
            carriers = self.ledger.sent.get(profile, {})
            for piece in sorted(pieces & carriers.keys()):
                if site_of(host_of(carriers[piece].url)) != entry.site:
                    return carriers[piece].url
        return ""

    def foreign_writer(self, entry: Entry) -> str:
        """Address of a third party's own script that wrote it; scripts that lie on a host of files are anybody's."""
        for url in sorted(entry.scripts):
            if self.ledger.foreign_site(url) and party(url).category not in NEEDED | FILES:
                return url
        return ""

    @cached_property
    def needing(self) -> list[Entry]:
        """Everything that needs consent."""
        return [entry for entry in self.ledger.entries() if self.verdict(entry).need == "needs-consent"]

    @cached_property
    def identifiers(self) -> dict[str, dict[str, Entry]]:
        """Profile -> piece of a stored identifier -> what holds it, whether necessary or not."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.ledger.entries():
            if entry.likeness() in IDENTIFYING:
                for profile, pieces in entry.pieces().items():
                    found.setdefault(profile, {}).update((piece, entry) for piece in pieces)
        return found

    def parameter(self, site: str, name: str) -> str:
        """Whether what a site is sent in a parameter is an identifier.

        ``stays``: it comes again in one profile, and differs between profiles · ``once``: it differs, and came once in each ·
        ``looks``: only one profile sent it, and it looks like one · "" = no sign of it.
        """
        if (site, name) not in self._parameters:
            values = self.ledger.params.get((site, name), {})
            alike, again = likeness(values), comes_again(values)
            single = all(len(shapes) == 1 for shapes in values.values())
            signs = {
                "stays": alike in ("differs", "rotates") and again,
                "once": alike == "differs" and single,
                "looks": alike == "looks" and (again or single),
            }
            self._parameters[site, name] = next((sign for sign, seen in signs.items() if seen), "")
        return self._parameters[site, name]

    @cached_property
    def refused(self) -> dict[str, Entry]:
        """Address (without query) of a third party's answer -> a cookie that it tried to set, and this browser refused."""
        foreign = (entry for entry in self.needing if entry.site and not entry.cookies)
        return {bare(write.url): entry for entry in foreign for _, write in entry.writes if write.blocked}

    @cached_property
    def writers(self) -> dict[str, Entry]:
        """Address (without query) of a third party's script -> what it stored that needs consent."""
        return {bare(url): entry for entry in self.needing if (url := self.foreign_writer(entry))}


# --- opinions: the first one decides -----------------------------------------------------------------------------


def _configured(judge: Judge, entry: Entry) -> Verdict | None:
    patterns = [matcher(pattern) for pattern in judge.site.config.consent.necessary]
    if any(pattern.fullmatch(name) for pattern in patterns for name in entry.raw_names):
        return Verdict(need="necessary", why="the configuration declares it necessary")
    return None


def _by_owner(judge: Judge, entry: Entry) -> Verdict | None:
    """A third party's own cookie: the trade of its owner decides, where it is known."""
    for host in sorted(entry.hosts) if entry.site else ():
        owner = party_of_host(host)
        if owner.category in TRACKING:
            return _of_tracker(owner, f"it belongs to {owner.company or host} ({owner.trade})")
        if owner.category in NEEDED:
            return Verdict(need="necessary", why=f"it belongs to a service for {owner.trade}", vendor=owner.company)
    return None


def _by_name(judge: Judge, entry: Entry) -> Verdict | None:
    names = sorted(entry.raw_names | {name.partition("/")[0] for name in entry.raw_names if entry.kind == "indexedDB"})
    item = next((found for name in names if (found := known(name, entry.site)).purpose != "unknown"), None)
    if item is None:
        return None
    if item.purpose in ("analytics", "marketing"):
        why = f"its name is known from {item.purpose}" + f" ({item.vendor})" * bool(item.vendor)
        return _needs(why, "high" if item.sure else "medium", item)
    if item.purpose == "necessary" and not _contradicted(entry, item):
        return Verdict(need="necessary", why=f"it serves {item.kind or 'security'}", purpose="necessary")
    if item.purpose == "functional" and not entry.site and item.kind != "chat" and not judge.recipient(entry):
        return Verdict(need="unclear", why=f"it serves {item.kind or 'a function of the page'}", purpose="functional")
    return None


def _contradicted(entry: Entry, item: Known) -> bool:
    """A session's name on what outlives any session: a script's identifier, or that of a third party."""
    if not item.kind.startswith("session"):
        return False
    outlives = entry.lifetime > (DAY if entry.site else MONTH)
    return outlives and (bool(entry.site) or entry.by_script) and entry.likeness() in IDENTIFYING


def _by_writer(judge: Judge, entry: Entry) -> Verdict | None:
    writers = [party(url) for url in sorted(entry.scripts) if judge.ledger.foreign_site(url)]
    tracker = next((writer for writer in writers if writer.category in TRACKING), None)
    if tracker:
        return _of_tracker(tracker, f"a script of {tracker.company} ({tracker.trade}) wrote it")
    if writers and all(writer.category in NEEDED for writer in writers):
        return Verdict(need="necessary", why=f"a script for {writers[0].trade} wrote it", vendor=writers[0].company)
    return None


def _by_hint(judge: Judge, entry: Entry) -> Verdict | None:
    """What an unknown name of the shop's own suggests, as far as nothing speaks against it."""
    if entry.site:
        return None
    if _records_choice(judge, entry):
        return Verdict(need="necessary", why="it appears with the visitor's choice, which it records")
    recipient = judge.recipient(entry)
    suggestions = {hint(name) for name in entry.raw_names}
    if suggestions <= {"csrf", "cart", "auth", "security"} and party(recipient).category not in TRACKING:
        return Verdict(need="necessary", why=f"its name speaks of {' and '.join(sorted(suggestions))}")
    limit = YEAR if entry.http_only else MONTH
    if suggestions == {"session"} and not (recipient or entry.by_script) and entry.lifetime <= limit:
        return Verdict(need="necessary", why="the shop's server keeps a session by it")
    return None


_CHOICE = re.compile(
    r"cookie|privacy|choice|agree|accept|banner|prefer|permission|\bcc|cc\b|_cc|cc_|cmp|notice", re.IGNORECASE
)
STRUCTURED = 60  # characters: a record with purposes and times, no mere identifier


def _records_choice(judge: Judge, entry: Entry) -> bool:
    """Whether it is there from the moment of the choice on, never before, and looks like the record of it."""
    first: dict[str, tuple[int, bool, str]] = {}  # profile -> order, with the choice, scenario
    for visit, item in entry.all_records():
        seen = (visit.order, visit.choice_at is not None and item.phase == "after", visit.scenario)
        first[visit.profile] = min(first.get(visit.profile, seen), seen)
    if not first or not all(with_choice for _, with_choice, _ in first.values()):
        return False
    both = {scenario for _, _, scenario in first.values()} >= {"accepted", "rejected"}
    shapes = [shape for shapes in entry.values(chosen=True).values() for _, shape in shapes]
    mere_number = bool(shapes) and all(map(looks_random, shapes))
    if judge.recipient(entry) or (mere_number and any(hint(name) == "tracking" for name in entry.raw_names)):
        return False  # an answer to the refusal, made to look like its record
    structured = bool(shapes) and all(s.length >= STRUCTURED and s.charset in ("text", "base64") for s in shapes)
    return any(_CHOICE.search(name) for name in entry.raw_names) or (both and structured)


def _by_behaviour(judge: Judge, entry: Entry) -> Verdict:
    alike = entry.likeness()
    if alike not in IDENTIFYING:
        return Verdict(need="unclear", why=NO_IDENTIFIER[alike])
    recipient = judge.recipient(entry)
    if recipient:
        return _needs(f"it holds an identifier that is sent to {host_of(recipient)}", "high")
    why = IS_IDENTIFIER[alike]
    sure: Confidence = "high" if alike == "differs" else "medium"
    if entry.site:
        return _third_party(entry, why, sure)
    if alike == "rotates":
        return Verdict(need="unclear", why="its value changes with every page")
    if entry.kind == "cookie" and not entry.by_script:
        return _set_by_server(entry, why)
    if entry.lifetime > DAY:
        return _needs(f"{why}, and it is kept {_span(entry.lifetime)}", sure)
    writer = judge.foreign_writer(entry)
    if writer:
        return _needs(f"{why}, and a script of {host_of(writer)} wrote it", "medium")
    if entry.kind == "sessionStorage" and alike == "differs" and "tracking" in map(hint, entry.raw_names):
        return _needs(f"{why}, and its name speaks of tracking", "medium")
    return Verdict(need="unclear", why=f"{why}, but it dies with the session and stays at the shop")


def _third_party(entry: Entry, why: str, sure: Confidence) -> Verdict:
    brief = entry.lifetime <= DAY
    session = any(hint(name) == "session" or known(name).kind.startswith("session") for name in entry.raw_names)
    if brief and session:
        return Verdict(need="unclear", why="it is a session of the third party")
    return _needs(f"a third party keeps it, and {why}", "medium" if brief else sure)


def _set_by_server(entry: Entry, why: str) -> Verdict:
    """Set by the shop's header: a session id, unless it outlives sessions and speaks of tracking, or scripts can read it."""
    if entry.lifetime <= DAY:
        return Verdict(need="necessary", why="the shop's server keeps a session by it")
    if not entry.http_only or any(hint(name) == "tracking" for name in entry.raw_names):
        return _needs(f"{why}, and it is kept {_span(entry.lifetime)}", "medium")
    return Verdict(need="unclear", why=f"{why}, but no script can read it")


def _of_tracker(who: Party, why: str) -> Verdict:
    purpose = "marketing" if who.category == "ad" else "analytics"
    confidence: Confidence = "high" if who.sure else "medium"
    return Verdict(need="needs-consent", why=why, confidence=confidence, vendor=who.company, purpose=purpose)


def _needs(why: str, confidence: Confidence, item: Known | None = None) -> Verdict:
    vendor, purpose = (item.vendor, item.purpose) if item else ("", "unknown")
    return Verdict(need="needs-consent", why=why, confidence=confidence, vendor=vendor, purpose=purpose)


def _span(seconds: float) -> str:
    if seconds == FOREVER:
        return "until it is deleted"
    days = round(seconds / DAY)
    return f"for {days} days" if days < 60 else f"for {round(days / 30.4)} months"


NO_IDENTIFIER = {
    "same": "its value is the same in fresh browser profiles",
    "inside": "its value was seen in one browser profile only",
    "none": "its value is too short or too plain to identify a visitor",
}
IS_IDENTIFIER = {
    "differs": "its value is an identifier, for it differs between fresh browser profiles",
    "rotates": "its value differs between fresh browser profiles",
    "looks": "its value looks like an identifier",
}
OPINIONS: tuple[Callable[[Judge, Entry], Verdict | None], ...] = (
    _configured,
    _by_owner,
    _by_name,
    _by_writer,
    _by_hint,
    _by_behaviour,
)
