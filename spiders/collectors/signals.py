"""What consent frameworks answer when they are asked: TCF, GPP, US Privacy, Google's consent mode; and the strings that are stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from auditor.model import ApiCall, ConsentSignal
from auditor.spiders.collectors.storage import Items
from auditor.spiders.collectors.times import Clock, Redactor
from auditor.spiders.collectors.wire import WireError
from auditor.tcf import LONGEST, Undecodable, gpp_string, tc_string, usp_string

if TYPE_CHECKING:
    from auditor.spiders.tab import Tab

ANSWER_LIMIT = 0.4  # seconds that a framework has to answer
FINAL_LIMIT = 3.0  # seconds, whatever the page does to timers
MAX_TEXT = 400
EARLIEST, LATEST = 1.5e9, 4.1e9  # of the times in a TC string: 2017 to 2100


@dataclass(frozen=True, slots=True)
class Heard:
    """What the page's frameworks said at one moment, as ``signals.js`` tells it."""

    time: float
    said: Mapping[str, Any]
    url: str  # of the document


async def listen(tab: Tab, time: float) -> Heard:
    """Collector "signals": ask the frameworks of the page's own document. Raises WireError."""
    document = tab.document
    world = tab.own_worlds.get(document.frame)
    if world is None:
        raise WireError("the page's scripts could not be reached")
    script = files("auditor.spiders.collectors").joinpath("signals.js").read_text("utf-8")
    reply = await document.wire.send(
        "Runtime.evaluate",
        limit=FINAL_LIMIT,
        expression=f"({script})({ANSWER_LIMIT * 1000})",
        contextId=world,
        returnByValue=True,
        awaitPromise=True,
        timeout=FINAL_LIMIT * 500,  # milliseconds, for scripts that do not end
    )
    said = reply["result"].get("value")
    if "exceptionDetails" in reply or not isinstance(said, dict):
        raise WireError("the page's consent frameworks could not be asked")
    return Heard(time, said, document.url)


def signals(
    heard: Heard | None, jar: Iterable[Mapping[str, Any]], items: Items, clock: Clock, time: float
) -> Iterator[ConsentSignal]:
    """What a snapshot says of consent: answers of the frameworks, and strings that are kept."""
    phase = clock.phase(time)
    if phase is None:
        return
    found = list(_answers(heard.said)) if heard else []
    found += [signal for source, value in _stored(jar, items) for signal in _strings(source, value)]
    for framework, state, data, reason in found:
        yield ConsentSignal(
            visit="",
            phase=phase,
            at=clock.since_start(time),
            framework=framework,
            state=state,
            data=data,
            reason=reason,
        )


Answer = tuple[str, str, dict[str, Any], str]  # framework, state, data, reason


def _answers(said: Mapping[str, Any]) -> Iterator[Answer]:
    if isinstance(answer := said.get("tcf"), Mapping):
        ping = said.get("ping")
        yield _tcf({**(_plain(ping) if isinstance(ping, Mapping) else {}), **answer})
    if isinstance(answer := said.get("gpp"), Mapping):
        yield _decoded("gpp", answer, "gppString", _gpp)
    if isinstance(answer := said.get("usp"), Mapping):
        yield _decoded("usp", answer, "uspString", lambda text: {"string": usp_string(text)})
    if isinstance(mode := said.get("mode"), Mapping):
        yield (
            "consent-mode",
            "present",
            {str(k)[:MAX_TEXT]: _plain(v) for k, v in mode.items() if isinstance(v, Mapping)},
            "",
        )


def _tcf(answer: Mapping[str, Any]) -> Answer:
    return _decoded("tcf", answer, "tcString", lambda text: tc_string(text).data())


def _gpp(text: str) -> dict[str, Any]:
    found = gpp_string(text)
    return {
        "sections": list(found.sections),
        "opt_outs": {name: dict(choices) for name, choices in found.opt_outs.items()},
        "usp": found.usp,
    }


def _decoded(framework: str, answer: Mapping[str, Any], name: str, read: Any, source: str = "interface") -> Answer:
    """What was answered, with the string in it decoded; ``broken`` where that is not what it should be."""
    state, text = str(answer.get("state", "present")), answer.get(name)
    data = {"source": source, **_plain(answer, besides=(name, "state", "reason"))}
    if state != "present" or not text:
        return framework, state, data, str(answer.get("reason", ""))[:MAX_TEXT] if state == "broken" else ""
    try:
        return framework, "present", {**data, **read(str(text)[: LONGEST + 1])}, ""
    except Undecodable as error:
        return framework, "broken", data, f"the string cannot be decoded: {error}"


def _plain(answer: Mapping[str, Any], besides: tuple[str, ...] = ()) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in answer.items():
        if name in besides:
            continue
        if isinstance(value, str):
            kept[str(name)[:MAX_TEXT]] = value[:MAX_TEXT]
        elif isinstance(value, bool | int | float):
            kept[str(name)[:MAX_TEXT]] = value
        elif isinstance(value, list):
            # The interface's own view of what its string says: kept apart from the decoded string.
            kept[f"told_{name}" if name in ("purposes", "interests") else str(name)] = [
                one for one in value if isinstance(one, int)
            ][:100]
    return kept


# --- what is stored ----------------------------------------------------------------------------------------------

_TC = re.compile(r"(?<![\w.-])C[\w-]{30,}(?:\.[\w-]+){0,3}", re.ASCII)
_GPP = re.compile(r"(?<![\w.~-])DB[\w-]{2,}(?:~[\w.-]+)+", re.ASCII)
_TC_NAMES = ("euconsent-v2", "eupubconsent-v2", "IABTCF_TCString")
_USP_NAMES = ("usprivacy", "us_privacy", "IABUSPrivacy_String")


def _stored(jar: Iterable[Mapping[str, Any]], items: Items) -> Iterator[tuple[str, str]]:
    """Where something is kept, as in "cookie euconsent-v2", and its value."""
    for cookie in jar:
        yield f"cookie {cookie['name'][:MAX_TEXT]}", cookie["value"]
    for (area, _), entries in items.items():
        if area in ("localStorage", "sessionStorage"):
            yield from ((f"{area} {key[:MAX_TEXT]}", value) for key, value in entries.items())


def _strings(source: str, value: str) -> Iterator[Answer]:
    """The strings of consent frameworks in a stored value, by what they are and not by where they are kept."""
    text = unquote(value[:LONGEST])
    name = source.partition(" ")[2]
    if name in _USP_NAMES:
        yield _decoded("usp", {"text": text}, "text", lambda said: {"string": usp_string(said)}, source)
        return
    found = [
        answer for match in list(_TC.finditer(text))[:3] if _credible(answer := _of_text("tcf", match.group(), source))
    ]
    found += [
        answer
        for match in list(_GPP.finditer(text))[:3]
        if (answer := _of_text("gpp", match.group(), source))[1] == "present"
    ]
    if not found and name in _TC_NAMES and text:
        found = [_of_text("tcf", text, source)]
    yield from found


def _of_text(framework: str, text: str, source: str) -> Answer:
    read = _gpp if framework == "gpp" else lambda said: tc_string(said).data()
    return _decoded(framework, {"text": text}, "text", read, source)


def _credible(answer: Answer) -> bool:
    """Whether a text that could be decoded was meant to be a TC string."""
    data = answer[2]
    return answer[1] == "present" and EARLIEST < data["created"] <= data["updated"] + 86_400 < LATEST


# --- the data layer ----------------------------------------------------------------------------------------------


def layer_calls(heard: Iterable[Heard], clock: Clock, redactor: Redactor) -> Iterator[ApiCall]:
    """What was pushed on Google's data layers, each entry once: when it was seen first."""
    seen: set[tuple[Any, ...]] = set()
    for moment in heard:
        phase = clock.phase(moment.time)
        for name, entry in _entries(moment.said):
            key = (moment.said.get("document"), name, entry.get("order"))
            if key in seen or phase is None:
                continue
            seen.add(key)
            yield _layer_call(name, entry, moment, phase, clock, redactor)


def _entries(said: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    layers = said.get("layers")
    for layer in layers if isinstance(layers, list) else ():
        for entry in layer["entries"]:
            yield str(layer["name"]), entry


def _layer_call(
    name: str, entry: Mapping[str, Any], moment: Heard, phase: Any, clock: Clock, redactor: Redactor
) -> ApiCall:
    consent = entry.get("command") == "consent"
    data = {"layer": name[:MAX_TEXT], "order": str(entry.get("order"))}
    about = str(entry.get("about") or "")[:MAX_TEXT]
    if consent:
        said = entry.get("said") or {}
        data |= {str(k)[:MAX_TEXT]: str(v)[:MAX_TEXT] for k, v in said.items() if k not in data}
    elif about:
        data["about"] = about
    return ApiCall(
        visit="",
        phase=phase,
        at=clock.since_start(moment.time),
        api="consent-mode" if consent else "data-layer",
        action=about if consent else str(entry.get("command"))[:MAX_TEXT],
        data=data,
        url=redactor.plain(moment.url),
        third_party=redactor.third_party(moment.url),
    )
