"""What happened in a visit around the choice, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.causes import Step, behind, chain, writer
from auditor.model import ConsentAction, ConsentUi, Cookie, Finding, StorageItem, Visit, record
from auditor.site import ACTION_OF, Site

PRESSED = {"accept": "accepted", "reject": "refused", "withdraw": "withdrew"}


@record
class Moment:
    """One moment. ``kind``: page | script | banner | choice | fault; ``at`` in seconds since the navigation started."""

    at: float
    kind: str
    text: str  # in words, with the address or name in ``what``
    what: str = ""


@record
class Story:
    """How the first thing that a finding is about came to be: in which visit, by which chain, and when."""

    visit: Visit
    who: str  # who is behind it, for people
    chain: tuple[Step, ...]
    moments: tuple[Moment, ...]


def story(site: Site, finding: Finding) -> Story | None:
    """The story of a finding's first record that belongs to a visit and has a cause or a time; else None."""
    for evidence in _records(site, finding.evidence):
        if isinstance(evidence, Cookie | StorageItem):
            evidence = writer(site, evidence)
        steps = chain(site, evidence)
        visit = site.visits.get(getattr(evidence, "visit", ""))
        if visit is not None and (steps or hasattr(evidence, "at")):
            return Story(
                visit=visit,
                who=behind(site, evidence),
                chain=steps,
                moments=tuple(_moments(site, visit, steps, evidence)),
            )
    return None


def _records(site: Site, ids: Iterable[str]) -> Iterator[Any]:
    wanted = ("cookie_write", "request", "api_call", "cookie", "storage_item")
    return (found for name in ids if name.partition(":")[0] in wanted and (found := site.run.get(name)))


def _moments(site: Site, visit: Visit, steps: tuple[Step, ...], evidence: Any) -> list[Moment]:
    found = [Moment(at=0.0, kind="page", text="the page is asked for", what=visit.url)]
    found += [
        Moment(at=step.at, kind="script", text="asked for", what=step.url)
        for step in steps[:-1]
        if step.at is not None and step.kind in ("script", "response", "frame")
    ]
    found += list(_of_consent(site, visit))
    if steps and steps[-1].at is not None:
        found.append(
            Moment(at=steps[-1].at, kind="fault", text=_happens(steps[-1]), what=steps[-1].name or steps[-1].url)
        )
    elif hasattr(evidence, "at"):
        found.append(Moment(at=evidence.at, kind="fault", text="happens", what=getattr(evidence, "name", "")))
    if visit.scenario not in ACTION_OF:
        found.append(Moment(at=visit.duration, kind="end", text="the visit ends, and nothing has been chosen"))
    return sorted(found, key=lambda moment: moment.at)


def _happens(step: Step) -> str:
    return {"cookie": "the cookie is set", "request": "the request leaves", "call": "the device is read"}[step.kind]


def _of_consent(site: Site, visit: Visit) -> Iterator[Moment]:
    for ui in site.run.fetch(ConsentUi, visit=visit.id):
        if ui.present:
            yield Moment(at=ui.at, kind="banner", text="the consent request is on the screen")
    pressed = [
        action for action in site.run.fetch(ConsentAction, visit=visit.id) if action.at and action.action in PRESSED
    ]
    for action in pressed:
        done = PRESSED[action.action] if action.confirmed else f"tried to {action.action}"
        yield Moment(at=action.at, kind="choice", text=f"the visitor {done}", what=" → ".join(action.pressed))
    if visit.scenario in ACTION_OF:
        yield from _standing(site, visit)


def _standing(site: Site, visit: Visit) -> Iterator[Moment]:
    """What was chosen before this visit: the choice is then earlier than everything here."""
    chosen = [
        action.action
        for other in site.visits.values()
        if other.profile == visit.profile and other.order < visit.order
        for action in site.run.fetch(ConsentAction, visit=other.id)
        if action.confirmed and action.action in PRESSED
    ]
    if chosen:
        yield Moment(at=0.0, kind="choice", text=f"the visitor {PRESSED[chosen[-1]]} on an earlier page")
