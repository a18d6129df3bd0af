"""What scripts read to tell one device from all others, with the script that did it; counted by ``calls.js`` in the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from auditor.model import ApiCall
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.writes import Write, cause_record

MAX_KEPT = 2_000  # lots of one visit
MAX_TEXT = 200


@dataclass(slots=True)
class CallLog:
    """The lots of calls that documents told in one visit."""

    lots: list[Write] = field(default_factory=list)

    def records(self, clock: Clock, redactor: Redactor) -> Iterator[ApiCall]:
        """One record for each phase, action, script and set of facts; ``count`` is the least that was seen."""
        groups: dict[tuple[Any, ...], list[Write]] = {}
        for lot in self.lots:
            phase = clock.phase(lot.time)
            if phase is not None:
                told = lot.told
                facts = tuple(sorted(_facts(told.get("data")).items()))
                key = (phase, str(told["api"]), str(told["action"]), lot.cause[0], facts, str(told.get("url", "")))
                groups.setdefault(key, []).append(lot)
        for (phase, api, action, _, facts, url), lots in groups.items():
            first = min(lots, key=lambda lot: lot.time)
            yield ApiCall(
                visit="",
                phase=phase,
                at=clock.since_start(first.time),
                api=api[:MAX_TEXT],
                action=action[:MAX_TEXT],
                data={**dict(facts), **_fonts(lots)},
                count=sum(int(lot.told["more"]) for lot in lots),
                url=redactor.plain(url),
                third_party=redactor.third_party(url),
                cause=cause_record(first.cause, redactor),
            )


class Calls:
    """Collector "calls": told through the binding of collector "writes", by a part of the same script."""

    name = "calls"
    kind = "call"

    def __init__(self) -> None:
        self.log = CallLog()
        self.source = files("auditor.spiders.collectors").joinpath("calls.js").read_text("utf-8")

    def begin(self) -> None:
        """A visit begins, with a log of its own."""
        self.log = CallLog()

    def hear(self, told: Write) -> None:
        """A lot of calls. Raises ValueError, KeyError, TypeError when it is none."""
        lot = told.told
        float(lot["first"]), int(lot["more"]), int(lot["fonts"]), lot["api"], lot["action"]
        if len(self.log.lots) < MAX_KEPT:
            self.log.lots.append(Write(float(lot["first"]), lot, told.cause))


def _facts(data: Any) -> dict[str, str]:
    return {str(name): str(value)[:MAX_TEXT] for name, value in data.items()} if isinstance(data, Mapping) else {}


def _fonts(lots: list[Write]) -> dict[str, str]:
    """How many fonts one place in the script tried: the most of its lots."""
    fonts = max(int(lot.told["fonts"]) for lot in lots)
    return {"fonts": str(fonts)} if fonts else {}
