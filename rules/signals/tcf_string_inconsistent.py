from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ConsentSignal, Finding, Inapplicable, Unknown, Visit
from auditor.rules.signals.articles import TCF_WRONG
from auditor.rules.signals.evidence import CHOICES, Fault, after_choice, findings, heard, latest
from auditor.rules.signals.strings import applies, called, decoded, wrong
from auditor.shelves import rule
from auditor.site import Site
from auditor.tcf import how_many

SAME = (
    "purposes",
    "interests",
    "vendors",
    "vendor_interests",
)  # what the interface and the stored string must agree on


@rule(severity="error", needs=("visits:untouched", "signals", "cookies", "storage"), articles=TCF_WRONG)
def tcf_string_inconsistent(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The TC string contradicts the visitor's choice, itself, or the rules of the framework.

    Why: Hundreds of companies act on the TC string and on nothing else. One that still has consent after a refusal, that differs
    between the interface and the cookie, or that no decoder takes, gives them data without a legal basis, or none at all.

    Fix: Update the consent tool to the current version of TCF, write every choice into the string at once, and let nothing else
    write or cache it.
    """
    visits = [visit for name in ("untouched", *CHOICES) for visit in site.visits_in(name, "ok")]
    signals = [
        (visit, signal)
        for visit in visits
        for phase in ("before", "after")
        for signal in heard(site, visit, "tcf", phase)
    ]
    if not signals:
        yield Inapplicable(reason="no TCF interface and no TC string was seen")
        return
    faults = [fault for visit, signal in signals for fault in wrong(visit, signal)]
    for visit in visits:
        faults += [fault for phase in ("before", "after") for fault in _differing(site, visit, phase)]
    for scenario in CHOICES:
        state = site.scenario_state(scenario)
        if state.state == "ok":
            faults += [fault for visit, _ in after_choice(site, scenario) for fault in _against(site, visit, scenario)]
        elif scenario != "withdrawn" and state.state != "no-banner":
            yield Unknown(
                reason=f"what the TC string says after the {CHOICES[scenario]} is unknown: {state.reason}",
                evidence=state.evidence,
            )
    yield from findings(site, faults)


def _differing(site: Site, visit: Visit, phase: str) -> Iterator[Fault]:
    """The interface against the string that the same tool keeps, and against what it says of its own string."""
    last = [signal for signal in latest(heard(site, visit, "tcf", phase)) if decoded(signal)]
    interface = next((signal for signal in last if signal.data.get("source") == "interface"), None)
    if interface is None:
        return
    told = interface.data.get("told_purposes") or []
    if told and ",".join(map(str, sorted(told))) != ",".join(map(str, _numbers(interface.data.get("purposes", "")))):
        message = "What __tcfapi says of the purposes differs from the TC string that it gives."
        yield Fault(subject="interface and its string", message=message, visit=visit, evidence=(interface.id,))
    for stored in last:
        same_tool = stored.data.get("cmp") == interface.data.get("cmp")
        if same_tool and any(stored.data.get(name) != interface.data.get(name) for name in SAME):
            message = f"The TC string {called(stored)} says something else than the one that __tcfapi gives."
            yield Fault(
                subject="interface and storage", message=message, visit=visit, evidence=(interface.id, stored.id)
            )


def _numbers(text: str) -> list[int]:
    parts = (part.partition("-") for part in filter(None, text.split(",")))
    return [number for first, _, last in parts for number in range(int(first), int(last or first) + 1)]


def _against(site: Site, visit: Visit, scenario: str) -> Iterator[Fault]:
    """Strings against the choice that was made before."""
    for signal in latest(heard(site, visit, "tcf", "after")):
        if not decoded(signal) or not applies(signal):
            continue
        consents = how_many(signal.data.get("purposes", "")), how_many(signal.data.get("vendors", ""))
        if problem := _problem(signal, scenario, consents):
            yield Fault(subject=f"after the {CHOICES[scenario]}", message=problem, visit=visit, evidence=(signal.id,))


def _problem(signal: ConsentSignal, scenario: str, consents: tuple[int, int]) -> str:
    purposes, vendors = consents
    where = f"The TC string {called(signal)}"
    if scenario == "accepted":
        return "" if purposes else f"{where} has no consent to any purpose although the visitor has accepted."
    done = "withdrawn the consent" if scenario == "withdrawn" else "refused"
    if purposes or vendors:
        return (
            f"{where} still has consent to {purposes} purposes and {vendors} vendors although the visitor has {done}."
        )
    return ""
