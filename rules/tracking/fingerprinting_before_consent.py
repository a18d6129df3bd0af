from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import ApiCall, Finding, Pages, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import address, before_choice, screenshot, script_line, tool
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import FILES, NEEDED, party

# Thresholds after Englehardt and Narayanan, "Online tracking: a 1-million-site measurement" (CCS 2016), section 6.
LEAST_SIDE = 16  # pixels
LEAST_LETTERS = 10  # in one text: a pangram, no mark on an axis
MANY_FONTS = 50
MANY_DEVICES = 4
READS = frozenset({"toDataURL", "toBlob", "getImageData", "convertToBlob"})
HARDWARE = frozenset({"UNMASKED_VENDOR", "UNMASKED_RENDERER", "readPixels"})
SOUND = frozenset({"startRendering", "getChannelData", "getFloatFrequencyData"})
IN_WORDS = {
    "canvas": "text drawn on a hidden canvas",
    "webgl": "the graphics hardware",
    "audio": "how it sounds",
    "fonts": "the fonts that are installed",
    "devices": "hardware and settings",
}
_BUILD = re.compile(
    r"(?<=[._-])(?=[a-z]*\d)[0-9a-zA-Z]{8,}(?=[._-])"
)  # of a file's name: another one after every build
IN_PAGE = "script in the page"
Calls = list[tuple[Visit, ApiCall]]


@rule(severity="error", needs=("visits:untouched", "calls"), articles=OPT_IN, severities=SEVERITIES)
def fingerprinting_before_consent(site: Site) -> Iterator[Finding]:
    """A script reads from the device what tells it from all others before the visitor has chosen anything.

    Why: Reading from the device needs consent as keeping on it does (EDPB guidelines 2/2023), and nobody can delete a fingerprint. One
    sign alone may be drawing; several by one script, or one that serves nothing else, is recognition.

    Fix: Load the script only after consent. Where it protects against fraud, say so in the policy and limit it to the checkout.
    """
    scope = before_choice(site)
    by_script: dict[str, Calls] = {}
    for visit in scope.visits.values():
        for call in site.run.fetch(ApiCall, visit=visit.id, phase="before"):
            if call.cause.url:
                by_script.setdefault(call.cause.url, []).append((visit, call))
    for url, calls in sorted(by_script.items()):
        signs = _signs([call for _, call in calls])
        who = party(url)
        # What lies on a host of files is anybody's: a library that draws bar codes, for one.
        sure = _sure(signs, foreign=not site.own(url) and who.category not in FILES)
        if sure and who.category not in NEEDED:
            yield _finding(site, calls, signs, sure)


def _signs(calls: list[ApiCall]) -> list[str]:
    """The kinds of reading that one script's calls are signs of."""
    done = {kind: {call.action for call in calls if call.api == kind} for kind in IN_WORDS}
    seen = {
        "canvas": any(map(_draws_to_read, calls)),
        "webgl": bool(done["webgl"] & HARDWARE),
        "audio": bool(done["audio"] & SOUND),
        "fonts": any(_number(call, "fonts") >= MANY_FONTS for call in calls if call.api == "fonts"),
        "devices": len(done["devices"]) + any(call.api == "battery" for call in calls) >= MANY_DEVICES,
    }
    return [kind for kind, found in seen.items() if found]


def _draws_to_read(call: ApiCall) -> bool:
    hidden = call.data.get("attached") != "yes" and call.data.get("image") != "yes"
    large = min(_number(call, "width"), _number(call, "height")) >= LEAST_SIDE
    written = call.data.get("text") == "letters" and _number(call, "letters") >= LEAST_LETTERS
    return call.api == "canvas" and call.action in READS and hidden and large and written


def _number(call: ApiCall, name: str) -> int:
    text = call.data.get(name, "")
    return int(text) if text.isdigit() else 0


def _sure(signs: list[str], *, foreign: bool) -> str:
    """How sure it is that these signs are a fingerprint, "" when they may be anything."""
    strong = [kind for kind in signs if kind != "devices"]
    if len(strong) > 1 or (strong and "devices" in signs):
        return "high"
    return "medium" if {"audio", "fonts"} & set(strong) or ("canvas" in strong and foreign) else ""


def _finding(site: Site, calls: Calls, signs: list[str], sure: str) -> Finding:
    telling = [(visit, call) for visit, call in calls if call.api in signs]
    visit, call = telling[0]
    inline = call.cause.url == call.url
    where = "in the HTML of the page" if inline else address(site, call.cause.url)
    what = ", ".join(IN_WORDS[kind] for kind in signs)
    return Finding(
        message=f"The script {where} reads what tells this device from others before the visitor has chosen anything: {what}.",
        subject=IN_PAGE if inline else site.consent.ledger.foreign_site(call.cause.url) or _BUILD.sub("*", where),
        evidence=tuple(dict.fromkeys(one for v, c in telling for one in (c.id, v.id)))[:12],
        pages=Pages.of(visit.url for visit, _ in telling),
        confidence=sure,
        cause=script_line(site, call.cause),
        fix=f"Run {'the script' if inline else where} only after {tool(site)} has recorded an opt-in to its purpose.",
        screenshot=screenshot(site, visit),
    )
