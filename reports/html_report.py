"""The HTML report: one self-contained file that a person reads, offline, on paper or on a phone.

Everything from the shop passes ``safe.visible`` and then Jinja's escaping, in one place (``finalize``), so that a
template cannot forget either. The page needs no script and may load nothing (Content-Security-Policy).
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from auditor.model import Finding, Result, fingerprint, record
from auditor.reports import facts as told
from auditor.reports import tables
from auditor.reports.safe import address, visible
from auditor.shelves import Rule, report
from auditor.store import Run, RunError
from auditor.timeline import Story, story
from auditor.urls import host_of
from auditor.view import View

TEMPLATES = Path(__file__).with_name("templates")
PICTURE_BUDGET = 12_000_000  # bytes of screenshots in one report, so that it still travels by mail
BLOCKERS_SHOWN = 3  # findings of a rule in the list of what blocks
_STANDING_ORDER = ("new", "known", "waived")
_CONFIDENCE_ORDER = ("high", "medium", "low")


@record
class Picture:
    """A screenshot inside the report; the second finding that shows it links to the first."""

    anchor: str
    source: Markup = Markup()  # data: URI; empty when it is shown elsewhere
    width: int = 0
    height: int = 0
    missing: str = ""  # why it cannot be shown


@record
class Card:
    """One finding, ready to be laid out."""

    anchor: str
    finding: Finding
    fingerprint: str
    standing: str
    blocks: bool
    picture: Picture | None
    story: Story | None  # how it came about, for what a visit saw
    tool: str  # the consent tool that was found, and
    remedy: str  # how it is mended there


@record
class Group:
    """The findings of one rule."""

    result: Result
    rule: Rule | None
    title: str
    articles: dict[str, tuple[str, ...]]
    cards: tuple[Card, ...]

    @property
    def number(self) -> int:
        return len(self.cards)


@report("html", "report.html")
def write_html(view: View, path: Path) -> None:
    """Write the report."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    known = told.facts(view)
    groups = _groups(view)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            style=Markup(style),
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            view=view,
            facts=known,
            gaps=told.not_judged(view, known),
            unjudged=[result for result in view.results if told.unclear(result)],
            severities=[
                (severity, [g for g in groups if g.result.severity == severity]) for severity in told.SEVERITY_ORDER
            ],
            blockers=_blocking(groups),
            blockers_shown=BLOCKERS_SHOWN,
            results=[(result, told.title(view, result)) for result in _ordered(view.results)],
            outcomes=_outcomes(view),
            storage=tables.storage(view.site),
            hosts=tables.third_parties(view.site),
            legal=tables.legal_rows(view.site),
        )
    )
    path.write_text(page, encoding="utf-8")


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        address=address,
        cut=_cut,
        lifetime=lifetime,
        lines=_lines,
        moment=moment,
        sentence=_sentence,
        span=span,
        web=_web,
        where=where,
        where_from=where_from,
    )
    return environment


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """A text whose lines are kept, for ``<pre>``."""
    return Markup("\n").join(visible(line) for line in text.splitlines()[-30:])


# --- findings ---------------------------------------------------------------------------------------------------


def _ordered(results: tuple[Result, ...]) -> list[Result]:
    outcomes = ("fail", "error", "unknown", "pass", "inapplicable")
    order = told.SEVERITY_ORDER
    return sorted(results, key=lambda r: (outcomes.index(r.outcome), order.index(r.severity), r.family, r.rule))


def _outcomes(view: View) -> dict[str, int]:
    names = sorted(result.outcome for result in view.results)
    return {name: len(list(same)) for name, same in groupby(names)}


def _groups(view: View) -> list[Group]:
    album = _Album(view.site.run)
    return [
        Group(
            result=result,
            rule=view.rules.get(result.rule),
            title=told.title(view, result),
            articles=told.articles(view, result),
            cards=tuple(_cards(view, result, album)),
        )
        for result in _ordered(view.results)
        if result.findings
    ]


def _blocking(groups: list[Group]) -> list[Group]:
    """The groups with only those findings that block."""
    blocking = [replace(group, cards=tuple(card for card in group.cards if card.blocks)) for group in groups]
    return [group for group in blocking if group.cards]


def _cards(view: View, result: Result, album: _Album) -> Iterator[Card]:
    def order(finding: Finding) -> tuple[int, int, int, str]:
        standing = _STANDING_ORDER.index(told.standing(view, result, finding))
        return standing, _CONFIDENCE_ORDER.index(finding.confidence), -finding.pages.count, finding.subject

    tool, how = told.in_tool(view, result)
    for finding in sorted(result.findings, key=order):
        mark = fingerprint(result.rule, finding.subject)
        yield Card(
            anchor=f"f-{mark[:16]}",
            finding=finding,
            fingerprint=mark,
            standing=told.standing(view, result, finding),
            blocks=told.blocks(view, result, finding),
            picture=album.picture(finding.screenshot) if finding.screenshot else None,
            story=story(view.site, finding),
            tool=tool,
            remedy=how,
        )


class _Album:
    """The report's screenshots: each is embedded once, and all of them within the budget."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._left = PICTURE_BUDGET
        self._shown: set[str] = set()

    def picture(self, blob: str) -> Picture:
        anchor = f"s-{blob[:16]}"
        if blob in self._shown:
            return Picture(anchor=anchor)
        try:
            data = self._run.blob(blob)
        except RunError as error:
            return Picture(anchor="", missing=str(error))
        size = png_size(data)
        if size is None:
            return Picture(anchor="", missing="the screenshot is not a PNG picture")
        if len(data) > self._left:
            return Picture(anchor="", missing=f"left out to keep this file small; it is blob {blob} of the run")
        self._left -= len(data)
        self._shown.add(blob)
        source = Markup(f"data:image/png;base64,{base64.b64encode(data).decode()}")
        return Picture(anchor=anchor, source=source, width=size[0], height=size[1])


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from a PNG's header (RFC 2083 section 11.2.1); None when it is something else."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return struct.unpack(">II", data[16:24])


# --- words ------------------------------------------------------------------------------------------------------


def _web(url: str) -> bool:
    """Whether an address may become a link: never ``javascript:`` and the like."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _cut(text: str, limit: int) -> str:
    """The beginning of a text, for one line."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def where(url: str) -> str:
    """The part of an address that tells one page of the shop from another."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def where_from(url: str, shop: str) -> str:
    """An address as the shop's developer calls it: the path alone for the shop's own host."""
    plain = address(url)
    if host_of(url) == host_of(shop):
        return where(plain)
    return plain.partition("://")[2] or plain


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def moment(text: str) -> str:
    time = _time(text)
    return f"{time:%d %B %Y, %H:%M} UTC" if time else text


def span(started: str, ended: str) -> str:
    """How long it took, in words."""
    first, last = _time(started), _time(ended)
    if not first or not last:
        return ""
    minutes, seconds = divmod(int((last - first).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (seconds, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "under a second"


def lifetime(seconds: float | None) -> str:
    """A cookie's lifetime in the largest unit that fits."""
    if seconds is None:
        return "session"
    for unit, length in (("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number = round(seconds / length)
        if seconds >= length * 0.99 and (unit != "month" or number >= 2):
            return f"{number:,} {unit}{'s' if number != 1 else ''}"
    return f"{round(seconds):,} s"
