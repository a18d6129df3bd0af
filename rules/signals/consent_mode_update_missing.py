from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ApiCall, Finding, Inapplicable, Request, Visit
from auditor.rules.consent.evidence import tool
from auditor.rules.signals.articles import NOT_PASSED_ON
from auditor.rules.signals.evidence import CHOICES, Fault, after_choice, findings, listed
from auditor.rules.signals.modes import (
    countries,
    granted,
    held,
    last_document,
    on_the_wire,
    requests,
    runs,
    state,
    told,
)
from auditor.shelves import rule
from auditor.site import Site

IN_FLIGHT = 2.0  # seconds after the press in which a request may still say what was true before


@rule(severity="error", needs=("visits:accepted", "visits:rejected", "signals", "requests"), articles=NOT_PASSED_ON)
def consent_mode_update_missing(site: Site) -> Iterator[Finding | Inapplicable]:
    """Google's consent mode is not told what the visitor has chosen.

    Why: A refusal that does not reach the tags changes nothing: they go on as they were told before. A consent that does not reach
    them is no consent for them either, so what the visitor agreed to does not happen. Each page begins anew, so the
    choice must be told on every page. After a refusal no update is needed where the default is denied.

    Fix: Let the consent tool call gtag("consent", "update", …) at every choice, and on every later page before the first tag.
    """
    seen = False
    faults: list[Fault] = []
    for scenario in CHOICES:
        if site.scenario_state(scenario).state == "ok":
            visits = [pair for pair in after_choice(site, scenario) if _in_use(site, pair[0])]
            seen = seen or bool(visits)
            faults += _not_given(site, visits) if scenario == "accepted" else _still_given(site, visits, scenario)
    if not seen:
        yield Inapplicable(reason="Google's consent mode is not used")
    yield from findings(site, faults)


def _in_use(site: Site, visit: Visit) -> bool:
    told_something = bool(told(site, visit) or held(site, visit, "after")[0]) and runs(site, visit)
    return told_something or any(on_the_wire(request) for request in requests(site, visit, "after"))


def _now(site: Site, visit: Visit) -> tuple[list[str], list[ApiCall], str]:
    """What is granted at the visit's end to a visitor from any country, what was told, and the record of what the tags hold."""
    calls = last_document(told(site, visit))
    tags, held_in = held(site, visit, "after")
    found = {name for country in countries(site) for name in granted(state(calls, country))}
    return [*sorted(found), *(name for name in granted(tags) if name not in found)], calls, held_in


def _not_given(site: Site, visits: list[tuple[Visit, bool]]) -> Iterator[Fault]:
    """After an acceptance: pages on which everything is denied still. A tool may tell the next page first."""
    later = [visit for visit, chosen in visits if not chosen]
    for visit in later or [visit for visit, _ in visits]:
        names, calls, held_in = _now(site, visit)
        wire = [states for request in requests(site, visit, "after") if (states := on_the_wire(request))]
        if names or any(map(granted, wire)):
            continue
        hit = next((request.id for request in requests(site, visit, "after") if on_the_wire(request)), "")
        message = "Google's consent mode stays denied although the visitor has accepted: no update follows the choice."
        evidence = tuple(filter(None, (*(call.id for call in calls), held_in, hit)))
        yield Fault(subject="after the acceptance", message=message, visit=visit, evidence=evidence, fix=_fix(site))


def _still_given(site: Site, visits: list[tuple[Visit, bool]], scenario: str) -> Iterator[Fault]:
    """After a refusal or a withdrawal: pages on which something is granted still."""
    choice, done = CHOICES[scenario], "withdrawn the consent" if scenario == "withdrawn" else "refused"
    for visit, chosen in visits:
        names, calls, held_in = _now(site, visit)
        if names:
            message = f"Google's consent mode still has {listed(names)} granted although the visitor has {done}."
            evidence = tuple(filter(None, (*(call.id for call in calls), held_in)))
            yield Fault(subject=f"after the {choice}", message=message, visit=visit, evidence=evidence, fix=_fix(site))
            continue
        for request in requests(site, visit, "after"):
            if (names := granted(on_the_wire(request))) and not (chosen and _in_flight(request, visit)):
                message = f"Google's tags report that {listed(names)} is granted although the visitor has {done}."
                yield Fault(
                    subject=f"after the {choice}",
                    message=message,
                    visit=visit,
                    evidence=(request.id,),
                    cause=request.cause,
                    fix=_fix(site),
                )
                break


def _in_flight(request: Request, visit: Visit) -> bool:
    return visit.choice_at is not None and request.at - visit.choice_at < IN_FLIGHT


def _fix(site: Site) -> str:
    return f'Let {tool(site)} call gtag("consent", "update", …) with the visitor\'s answer, at the choice and on every later page.'
