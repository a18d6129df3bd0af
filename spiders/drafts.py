"""A visit while it is being made, and its records once it is known what belongs before and what after the choice."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from auditor.language import language_of
from auditor.model import CollectorFailure, ConsentAction, ConsentUi, Link, LinkBlock, Page, Visit
from auditor.spiders.collectors import cookies, signals, storage
from auditor.spiders.collectors.calls import CallLog
from auditor.spiders.collectors.requests import RequestLog
from auditor.spiders.collectors.signals import Heard
from auditor.spiders.collectors.storage import Items
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.writes import WriteLog
from auditor.spiders.consent.driver import Choice
from auditor.spiders.consent.finder import Banner
from auditor.spiders.extract import page_from_html
from auditor.store import Run


@dataclass(slots=True)
class Snapshot:
    """The jar, the storage and what consent frameworks say at one moment; None where the collector failed."""

    time: float
    jar: list[dict[str, Any]] | None
    storage: Items | None
    signals: Heard | None = None


@dataclass(slots=True)
class Draft:
    """What one visit saw, values included: it lives until the records are written."""

    url: str
    role: str
    clock: Clock
    divides: bool = True  # the choice made here tells before from after
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    began: float = field(default_factory=time.monotonic)
    duration: float = 0.0
    failure: str = ""
    final_url: str = ""
    status: int = 0
    requests: RequestLog = field(default_factory=RequestLog)
    writes: WriteLog = field(default_factory=WriteLog)
    calls: CallLog = field(default_factory=CallLog)
    snapshots: list[Snapshot] = field(default_factory=list)
    banner: Banner | None = None
    banner_at: float = 0.0  # seconds after the page had settled
    tool: str = ""
    picture: bytes = b""
    banner_picture: bytes = b""
    html: str = ""
    banner_seen: float = 0.0  # wall clock
    second: Banner | None = None  # the layer behind "settings"
    no_second: str = ""  # why it could not be looked at
    second_picture: bytes = b""
    choices: list[Choice] = field(default_factory=list)
    request_left: bool = False  # nothing asked any more after the scrolling
    drift: Choice | None = None  # what was no choice, and whether the shop took it for one
    failed_picture: bytes = b""  # what was on the screen when a choice was not seen to have its effect
    lost: list[tuple[str, str]] = field(default_factory=list)  # (collector, reason)

    def decide(self) -> None:
        """Set the clock by what came of the choices."""
        started = [choice.started for choice in self.choices if choice.started is not None]
        made = [choice.made for choice in self.choices if choice.confirmed]
        if made and not self.divides:
            return
        self.clock.pressed = min(started, default=None)
        self.clock.chosen = made[0] if made else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What all visits of one profile have in common."""

    run: Run
    shop: str  # its address: what belongs to another site is a third party's
    scenario: str
    profile: str
    own_hosts: frozenset[str]
    planted: frozenset[tuple[str, str]]  # (name, value) of cookies that the auditor brought along
    viewport: str = "desktop"


def write(draft: Draft, frame: Frame, order: int) -> None:
    """Store a visit with all of its records in one transaction."""
    draft.decide()
    run = frame.run
    redactor = Redactor(frame.shop, frame.own_hosts, run.value_key(), _stored(draft))
    visit = _visit(draft, frame, order, redactor)
    run.add_visit(visit, [] if draft.failure else list(_records(draft, frame, redactor)))


def _stored(draft: Draft) -> Iterator[str]:
    """The values that the profile was seen to keep."""
    for snapshot in draft.snapshots:
        yield from (cookie["value"] for cookie in snapshot.jar or ())
        for items in (snapshot.storage or {}).values():
            yield from items.values()


def _records(draft: Draft, frame: Frame, redactor: Redactor) -> Iterator[Any]:
    clock = draft.clock
    yield from draft.requests.records(clock, redactor)
    yield from cookies.header_records(draft.requests.set_cookies(), clock, redactor)
    yield from draft.writes.records(clock, redactor)
    yield from draft.calls.records(clock, redactor)
    yield from signals.layer_calls([s.signals for s in draft.snapshots if s.signals], clock, redactor)
    causes = draft.writes.storage_causes()
    for snapshot in draft.snapshots:
        phase = clock.phase(snapshot.time)
        if phase is None:
            continue
        yield from cookies.jar_records(snapshot.jar or (), phase, redactor, frame.planted)
        yield from storage.records(snapshot.storage or {}, phase, redactor, causes)
        yield from signals.signals(snapshot.signals, snapshot.jar or (), snapshot.storage or {}, clock, snapshot.time)
    if not any(collector == "consent" for collector, _ in draft.lost):
        yield _consent_ui(draft, frame.run, redactor)
    yield from _actions(draft, frame.run)
    for collector, reason in draft.lost:
        yield CollectorFailure(visit="", collector=collector, reason=reason)


def _visit(draft: Draft, frame: Frame, order: int, redactor: Redactor) -> Visit:
    run = frame.run
    visit = Visit(
        url=draft.url,
        scenario=frame.scenario,
        profile=frame.profile,
        order=order,
        role=draft.role,
        viewport=frame.viewport,
        outcome="failed" if draft.failure else "ok",
        reason=draft.failure,
        final_url=draft.url if draft.final_url == draft.url else redactor.plain(draft.final_url),
        status=draft.status,
        started=draft.started,
        duration=round(draft.duration, 3),
        choice_at=draft.clock.since_start(draft.clock.chosen) if draft.clock.chosen else None,
        screenshot=run.put_blob(draft.picture) if draft.picture else "",
    )
    return _with_rendered(visit, draft, run) if draft.html else visit


def _with_rendered(visit: Visit, draft: Draft, run: Run) -> Visit:
    """What the rendered DOM says, and of its links those that the HTML from the server did not have."""
    page, blocks = page_from_html(draft.final_url or draft.url, draft.html)
    crawled = _crawled(run, draft.url)
    # A link of the banner is gone after the choice: the same address in a rendered footer is news.
    known = {link.url for block in _blocks(run, crawled) if block.place != "banner" for link in block.links}
    links = (link for block in blocks for link in block.links if link.url and link.url not in known)
    legal = draft.role == "legal" or bool(page.legal) or bool(crawled and crawled.legal)
    return dataclasses.replace(
        visit,
        title=page.title,
        language=page.language,
        html=run.put_blob(draft.html.encode("utf-8", "replace")) if legal else "",
        links=tuple(_once(links)),
        copyright=page.copyright,
        words=page.words,
    )


def _crawled(run: Run, url: str) -> Page | None:
    return next(run.fetch(Page, url=url), None)


def _blocks(run: Run, page: Page | None) -> Iterator[LinkBlock]:
    for row in page.blocks if page else ():
        yield run.get(f"link_block:{row}")


def _once(links: Iterator[Link]) -> Iterator[Link]:
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        key = (link.url, link.text, link.place)
        if key not in seen:
            seen.add(key)
            yield link


def _consent_ui(draft: Draft, run: Run, redactor: Redactor) -> ConsentUi:
    banner = draft.banner
    if banner is None:
        return ConsentUi(visit="", present=False)
    x, y, width, height = banner.box
    seen = ConsentUi(
        visit="",
        present=True,
        at=draft.clock.since_start(draft.banner_seen),
        found_by="finder",
        tool=draft.tool,
        text=banner.text,
        frame=redactor.plain(banner.document.url) if banner.document.parent else "",
        language=language_of(banner.text, banner.language),
        buttons=banner.buttons(),
        switches=banner.switch_records(),
        no_second_layer=draft.no_second,
        blocks_page=banner.blocks_page,
        page_hidden=banner.page_hidden,
        role=banner.role,
        name=banner.name,
        x=x,
        y=y,
        width=width,
        height=height,
        screenshot=run.put_blob(draft.banner_picture) if draft.banner_picture else "",
    )
    second = draft.second or next((choice.second_layer for choice in draft.choices if choice.second_layer), None)
    return _with_second(seen, second, draft, run) if second is not None else seen


def _with_second(seen: ConsentUi, second: Banner, draft: Draft, run: Run) -> ConsentUi:
    """And the layer behind it; one that is the first layer itself has been told already."""
    if second is draft.banner:
        return dataclasses.replace(seen, layers=2, second_text=second.text, second_language=seen.language)
    return dataclasses.replace(
        seen,
        layers=2,
        buttons=seen.buttons + second.buttons(layer=2),
        switches=seen.switches + second.switch_records(layer=2),
        second_text=second.text,
        second_language=language_of(second.text, second.language),
        second_screenshot=run.put_blob(draft.second_picture) if draft.second_picture else "",
    )


def _actions(draft: Draft, run: Run) -> Iterator[ConsentAction]:
    """The tries; those that pressed nothing count only when none that pressed something was confirmed."""
    confirmed = any(choice.confirmed for choice in draft.choices)
    for choice in draft.choices:
        if not confirmed or choice.started is not None:
            yield _action(choice, draft, run)
    if draft.drift is not None:
        yield _action(draft.drift, draft, run)


def _action(choice: Choice, draft: Draft, run: Run) -> ConsentAction:
    when = choice.made or choice.started
    failed = draft.failed_picture and not choice.confirmed and choice is not draft.drift
    return ConsentAction(
        visit="",
        action=choice.action,
        how=choice.how,
        pressed=tuple(choice.pressed),
        at=draft.clock.since_start(when) if when else 0.0,
        confirmed=choice.confirmed,
        effect=choice.effect if choice.confirmed else "",
        reason="" if choice.confirmed else choice.reason,
        steps=choice.steps,
        way=choice.way if choice.action == "withdraw" else "",
        remembered=choice.remembered,
        stored=choice.state.names,
        screenshot=run.put_blob(draft.failed_picture) if failed else "",
    )
