"""Google's consent mode as its tags hold it: what the page told it, in order, and what goes out on the wire.

A default may be for some regions only; the most special one counts, then the last. An update holds for everybody.
See https://developers.google.com/tag-platform/security/guides/consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from auditor.model import ApiCall, Request, Visit
from auditor.rules.signals.evidence import heard
from auditor.site import Site
from auditor.tcf import GCD_SIGNALS, gcd, gcs
from auditor.trackers import TRACKING, party

EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
COUNTRIES = {"eu": EU, "de": "DE", "fr": "FR", "uk": "GB", "br": "BR"}  # ISO 3166-1, by profile
States = dict[str, str]  # signal -> granted | denied
_TAG_SCRIPT = re.compile(r"/gtag/js\Z")
_TAG_HIT = re.compile(r"/g/collect\Z|/ccm/collect\Z|/pagead/(?:viewthrough)?conversion\b")


def countries(site: Site) -> list[str]:
    """Where the shop's visitors are, under the profiles that were chosen."""
    return sorted({country for profile in site.config.profile for country in COUNTRIES.get(profile, "").split()})


def told(site: Site, visit: Visit, api: str = "consent-mode", phase: str | None = None) -> list[ApiCall]:
    """What was pushed on the data layer in one visit, in its order."""
    where = {"phase": phase} if phase else {}
    return [call for call in site.run.fetch(ApiCall, visit=visit.id, **where) if call.api == api]


def last_document(calls: Iterable[ApiCall]) -> list[ApiCall]:
    """Those of the document that was loaded last: in a new one the data layer begins again."""
    found: list[ApiCall] = []
    for call in calls:
        same = [other for other in found if other.data.get("layer") == call.data.get("layer")]
        if same and order(call) <= order(same[-1]):
            found = []
        found.append(call)
    return found


def order(call: ApiCall) -> int:
    """Its place in its data layer."""
    return int(call.data.get("order", "0"))


def state(calls: Iterable[ApiCall], country: str) -> States:
    """Signal -> the state that holds for a visitor from a country; a signal of which nothing was said is not there."""
    general: States = {}
    special: States = {}
    update: States = {}
    for call in calls:
        said = {name: call.data[name] for name in GCD_SIGNALS if call.data.get(name) in ("granted", "denied")}
        regions = call.data.get("region", "").upper().split()
        if call.action == "update":
            update |= said
        elif not regions:
            general |= said
        elif country in regions:
            special |= said
    return general | special | update


def held(site: Site, visit: Visit, phase: str) -> tuple[States, str]:
    """The state as Google's tags themselves hold it, where they could be asked, and the record's id: tools set it without the data layer."""
    signals = heard(site, visit, "consent-mode", phase)
    if not signals:
        return {}, ""
    found: States = {}
    for name in GCD_SIGNALS:
        entry = signals[-1].data.get(name)
        said = (
            next((entry[key] for key in ("update", "default") if isinstance(entry.get(key), bool)), None)
            if isinstance(entry, Mapping)
            else None
        )
        if said is not None:
            found[name] = "granted" if said else "denied"
    return found, signals[-1].id


def granted(states: States) -> list[str]:
    return [name for name in GCD_SIGNALS if states.get(name) == "granted"]


# --- on the wire -------------------------------------------------------------------------------------------------


def requests(site: Site, visit: Visit, phase: str) -> Iterator[Request]:
    return (request for request in site.run.fetch(Request, visit=visit.id, phase=phase) if request.sent)


def on_the_wire(request: Request) -> States:
    """What a request tells Google of consent; empty when it tells nothing."""
    if "gcs=" not in request.url and "gcd=" not in request.url:
        return {}
    query = dict(parse_qsl(urlsplit(request.url).query))
    letters = gcd(query.get("gcd", ""))
    return {name: said for name, pair in letters.items() if (said := pair[1] or pair[0])} | gcs(query.get("gcs", ""))


def is_hit(request: Request) -> bool:
    """Whether a request reports to Google's analytics or advertising, wherever it is sent first."""
    path = urlsplit(request.url).path
    if _TAG_HIT.search(path) and "tid" in request.params:
        return True
    who = party(request.url)
    return who.category in TRACKING and who.company.startswith("Google") and request.kind != "script"


def is_tag(request: Request) -> bool:
    """Whether a request loads Google's tag."""
    return request.kind == "script" and bool(_TAG_SCRIPT.search(urlsplit(request.url).path)) and "id" in request.params


def runs(site: Site, visit: Visit) -> bool:
    """Whether Google's tags are at work in a visit: something was pushed for them, or they sent something."""
    if told(site, visit, "data-layer"):
        return True
    both = (request for phase in ("before", "after") for request in requests(site, visit, phase))
    return any(on_the_wire(request) or is_hit(request) or is_tag(request) for request in both)
