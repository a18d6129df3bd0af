"""TC strings in a run: where they were found, and what is plainly wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from auditor.model import ConsentSignal, Pages, Unknown, Visit
from auditor.rules.signals.evidence import Fault, listed
from auditor.tcf import POLICY_2_2, POLICY_2_3, PURPOSES_WITHOUT_INTEREST, members

DAY = 86_400.0
UNDECODABLE = "the string cannot be decoded"
Seen = tuple[Visit, ConsentSignal]


def called(signal: ConsentSignal) -> str:
    """Where a string was found, to follow "the TC string"."""
    source = str(signal.data.get("source", "interface"))
    return "of __tcfapi" if source == "interface" else f"in the {source.replace(' ', ' “', 1)}”"


def decoded(signal: ConsentSignal) -> bool:
    """Whether the signal brought a string that could be read."""
    return signal.state == "present" and "policy_version" in signal.data


def applies(signal: ConsentSignal) -> bool:
    """Whether the GDPR applies to this visitor, as far as the interface says."""
    return signal.data.get("gdprApplies") is not False


def unheard(signals: Collection[Seen]) -> Iterator[Unknown]:
    """Where an interface was there, but no string was heard from it or found in the browser: nobody knows what it says."""
    known = {visit.id for visit, signal in signals if decoded(signal) or signal.state == "present"}
    silent = [(visit, signal) for visit, signal in signals if visit.id not in known]
    if silent:
        reason = next((signal.reason for _, signal in silent if signal.reason), "it never answered")
        yield Unknown(
            reason=f"what the interface of the consent tool (__tcfapi) says is unknown: {reason}",
            evidence=tuple(signal.id for _, signal in silent[:5]),
            pages=Pages.of(visit.url for visit, _ in silent),
        )


def wrong(visit: Visit, signal: ConsentSignal) -> Iterator[Fault]:
    """What is wrong with a string whatever the visitor chose."""
    where, data = f"The TC string {called(signal)}", signal.data
    faults: list[tuple[str, str]] = []
    if signal.state == "broken" and signal.reason.startswith(UNDECODABLE):
        faults.append(("decoding", f"{where} cannot be decoded{signal.reason.removeprefix(UNDECODABLE)}."))
    if decoded(signal):
        if data["policy_version"] >= POLICY_2_3 and data.get("disclosed") is None:
            faults.append(
                ("disclosed vendors", f"{where} lacks the disclosed vendors, which TCF 2.3 makes a mandatory part.")
            )
        barred = PURPOSES_WITHOUT_INTEREST if data["policy_version"] >= POLICY_2_2 else PURPOSES_WITHOUT_INTEREST[:1]
        if purposes := members(data.get("interests", ""), barred):
            numbers = listed([str(number) for number in purposes])
            faults.append(
                (
                    "legitimate interest",
                    f"{where} claims legitimate interest for purpose {numbers}, which needs consent.",
                )
            )
        if max(data.get("created", 0), data.get("updated", 0)) > _time(visit) + 2 * DAY:
            faults.append(("time", f"{where} says that it was made in the future."))
    for subject, message in faults:
        yield Fault(subject=subject, message=message, visit=visit, evidence=(signal.id,))


def _time(visit: Visit) -> float:
    return datetime.fromisoformat(visit.started).timestamp() if visit.started else float("inf")
