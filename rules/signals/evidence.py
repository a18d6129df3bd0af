"""From what frameworks were told, and said, to findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from auditor.model import Cause, ConsentSignal, Finding, Pages, Visit, record
from auditor.rules.consent.evidence import screenshot, script_line
from auditor.site import ACTION_OF, Site

MAX_EVIDENCE = 12
CHOICES = {"accepted": "acceptance", "rejected": "refusal", "withdrawn": "withdrawal"}  # scenario -> what it is called


@record
class Fault:
    """Something wrong in one visit. Faults with one subject make one finding."""

    subject: str
    message: str
    visit: Visit
    evidence: tuple[str, ...]
    confidence: str = "high"
    cause: Cause | None = None
    fix: str = ""


def findings(site: Site, faults: Iterable[Fault]) -> Iterator[Finding]:
    """One finding a subject; the first fault speaks for all."""
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.subject, []).append(fault)
    for subject, group in groups.items():
        first = group[0]
        ids = [identity for fault in group for identity in (*fault.evidence, fault.visit.id)]
        yield Finding(
            message=first.message,
            subject=subject,
            evidence=tuple(dict.fromkeys(ids))[:MAX_EVIDENCE],
            pages=Pages.of(fault.visit.url for fault in group),
            confidence=first.confidence,
            cause=script_line(site, first.cause) if first.cause and first.cause.url else "",
            fix=first.fix,
            screenshot=screenshot(site, first.visit),
        )


def after_choice(site: Site, scenario: str) -> list[tuple[Visit, bool]]:
    """The visits from a confirmed choice on, and whether the choice was made in that very visit."""
    made: dict[str, int] = {}
    for action in site.actions(scenario):
        if action.confirmed and action.action == ACTION_OF[scenario]:
            visit = site.visits[action.visit]
            made[visit.profile] = min(visit.order, made.get(visit.profile, visit.order))
    visits = (visit for visit in site.visits_in(scenario, "ok") if visit.order >= made.get(visit.profile, 1 << 30))
    return [(visit, visit.order == made[visit.profile]) for visit in visits]


def heard(site: Site, visit: Visit, framework: str, phase: str) -> list[ConsentSignal]:
    """What a framework said in one visit, in the order of the snapshots."""
    found = site.run.fetch(ConsentSignal, visit=visit.id, phase=phase)
    return [signal for signal in found if signal.framework == framework]


def latest(signals: Iterable[ConsentSignal]) -> list[ConsentSignal]:
    """The last word of each source."""
    return list({signal.data.get("source"): signal for signal in signals}.values())


def listed(names: Collection[str]) -> str:
    """Names in a sentence: "a, b and c"."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
