from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import ApiCall, CookieWrite, Finding, Pages, Request, StorageItem, ValueShape, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import Scope, address, before_choice, screenshot, script_line, tool
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import FILES, NEEDED, party

# Thresholds after Englehardt and Narayanan, "Online tracking: a 1-million-site measurement" (CCS 2016), section 6.
LEAST_SIDE = 16  # pixels
LEAST_LETTERS = 10  # in one text: a pangram, no mark on an axis
MANY_FONTS = 50
MANY_DEVICES, SOME_DEVICES = 4, 2
READS = frozenset({"toDataURL", "toBlob", "getImageData", "convertToBlob"})
HARDWARE = frozenset({"UNMASKED_VENDOR", "UNMASKED_RENDERER", "readPixels"})
LONGEST_SOUND = 50_000  # frames, a good second: reverbs and mixes of a player are longer
IN_WORDS = {
    "canvas": "text drawn on a hidden canvas",
    "webgl": "the graphics hardware",
    "audio": "how it sounds",
    "fonts": "the fonts that are installed",
    "devices": "hardware and settings",
}
# The part of a file's name that is another one after every build.
_BUILD = re.compile(r"(?<=[._-])(?=[a-z]*\d)[0-9a-zA-Z]{8,}(?=[._-])")
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
        if party(url).category not in NEEDED and (sure := _sure(site, scope, signs, [call for _, call in calls])):
            yield _finding(site, calls, signs, sure)


def _signs(calls: list[ApiCall]) -> list[str]:
    """The kinds of reading that one script's calls are signs of."""
    seen = {
        "canvas": any(map(_draws_to_read, calls)),
        "webgl": any(call.api == "webgl" and call.action in HARDWARE for call in calls),
        "audio": any(map(_sounds_to_read, calls)),
        "fonts": any(_number(call, "fonts") >= MANY_FONTS for call in calls if call.api == "fonts"),
        "devices": _devices(calls) >= MANY_DEVICES,
    }
    return [kind for kind, found in seen.items() if found]


def _devices(calls: list[ApiCall]) -> int:
    return len({call.action for call in calls if call.api in ("devices", "battery")})


def _sounds_to_read(call: ApiCall) -> bool:
    return call.api == "audio" and call.action == "startRendering" and _number(call, "length") <= LONGEST_SOUND


def _draws_to_read(call: ApiCall) -> bool:
    hidden = call.data.get("attached") != "yes" and call.data.get("image") != "yes"
    large = min(_number(call, "width"), _number(call, "height")) >= LEAST_SIDE
    written = call.data.get("text") == "letters" and _number(call, "letters") >= LEAST_LETTERS
    return call.api == "canvas" and call.action in READS and hidden and large and written


def _number(call: ApiCall, name: str) -> int:
    text = call.data.get(name, "")
    return int(text) if text.isdigit() else 0


def _sure(site: Site, scope: Scope, signs: list[str], calls: list[ApiCall]) -> str:
    """How sure it is that these signs of one script are a fingerprint, "" when they may be anything."""
    strong = [kind for kind in signs if kind != "devices"]
    if len(strong) > 1 or (strong and "devices" in signs):
        return "high"
    if {"audio", "fonts"} & set(strong):
        return "medium"
    # A hidden canvas alone may be a bar code or a placeholder, which nobody sends away.
    return "medium" if "canvas" in strong and (_devices(calls) >= SOME_DEVICES or _tells(site, scope, calls[0])) else ""


def _tells(site: Site, scope: Scope, call: ApiCall) -> bool:
    """Whether the script is a third party's, or sends or keeps something that tells browsers apart.

    What lies on a host of files is anybody's, and in the HTML of a page nobody knows which script did what.
    """
    url = call.cause.url
    if not site.own(url):
        return party(url).category not in FILES
    return url != call.url and any(
        record.cause.url == url and any(shape.parts for shape in shapes)
        for visit in scope.visits
        for record, shapes in _said(site, visit)
    )


def _said(site: Site, visit: str) -> Iterator[tuple[Request | CookieWrite | StorageItem, list[ValueShape]]]:
    """What scripts sent and kept in a visit."""
    for request in site.run.fetch(Request, visit=visit, phase="before"):
        yield request, [*request.params.values(), *request.body.values()]
    for kind in (CookieWrite, StorageItem):
        for record in site.run.fetch(kind, visit=visit, phase="before"):
            yield record, [record.value]


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
