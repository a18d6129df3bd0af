from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from urllib.parse import parse_qsl, urlsplit

from auditor.model import Finding, Inapplicable, Request, Visit
from auditor.rules.consent.evidence import Scope, kept, subject, trackers
from auditor.rules.signals.articles import OPT_OUT_SIGNAL
from auditor.rules.signals.evidence import Fault, findings, heard, latest
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import bare
from auditor.tracking import IDENTIFYING_REASONS, Tracking, strongest
from auditor.urls import host_of

SELLING = frozenset({"ad", "social"})
HARMLESS = frozenset({"analytics", "tag-manager", "cdn", "hosting", "customer-success"})
ON = "although the browser sends Global Privacy Control"
Contacts = dict[str, list[tuple[Request, Tracking]]]


@rule(
    severity="error",
    needs=("visits:gpc", "visits:untouched", "requests", "cookies", "storage", "signals"),
    articles=OPT_OUT_SIGNAL,
)
def gpc_ignored(site: Site) -> Iterator[Finding | Inapplicable]:
    """Personal data still goes to advertisers although the browser sends Global Privacy Control.

    Why: In California the signal is a valid request to opt out of sale and sharing, and it must be honoured without a click. Known
    advertising and social networks count; an unknown third party that recognises the browser counts where the signal changes
    nothing at all. Statistics by a service provider are no sale, nor is what a purchase needs, nor a request that says that
    its data may only be used for the service (rdp=1, dpo=LDU, us_privacy=1YYN).

    Fix: Read the header Sec-GPC on the server and navigator.globalPrivacyControl in the page, load no advertising while it is on, and
    set the opt-out in the GPP and US Privacy strings.
    """
    calm, loud = _scope(site, "gpc"), _scope(site, "untouched")
    visits = list(calm.visits.values())
    strings = [
        (visit, signal)
        for visit in visits
        for name in ("usp", "gpp")
        for signal in latest(heard(site, visit, name, "before"))
    ]
    if not strings and not any(_contacts_anybody(site, visit) for visit in (*visits, *loud.visits.values())):
        yield Inapplicable(reason="no third party was contacted")
        return
    yield from findings(site, (*_advertisers(site, calm, loud), *_stored(site, calm), *_not_opted_out(strings)))


def _scope(site: Site, scenario: str) -> Scope:
    return Scope(visits={visit.id: visit for visit in site.visits_in(scenario, "ok")}, phase="before", when=ON)


def _contacts_anybody(site: Site, visit: Visit) -> bool:
    return any(request.third_party and request.sent for request in site.run.fetch(Request, visit=visit.id))


def _advertisers(site: Site, calm: Scope, loud: Scope) -> Iterator[Fault]:
    """Who is contacted with the signal: advertisers, and unknown ones when nobody went away because of it."""
    with_signal, without = _receivers(site, calm), _receivers(site, loud)
    unchanged = without.keys() <= with_signal.keys()
    for name, contacts in with_signal.items():
        known = [(request, judged) for request, judged in contacts if judged.party.category in SELLING]
        if not known and not (unchanged and name in without):
            continue
        request, judged = strongest(known or contacts)
        who = f"{judged.party.company} ({host_of(request.url)})" if judged.party.company else host_of(request.url)
        yield Fault(
            subject=name,
            message=f"{who} is contacted {ON}: {judged.why}.",
            visit=calm.visits[request.visit],
            evidence=(request.id,),
            confidence=judged.confidence if known else "medium",
            cause=request.cause,
            fix=f"Load what contacts {name} only while navigator.globalPrivacyControl is off and the visitor has not opted out.",
        )


def _receivers(site: Site, scope: Scope) -> Contacts:
    """Those who may be sold data: advertisers and social networks, and unknown ones that recognise the browser."""
    found: Contacts = {}
    everybody = trackers(site, scope)
    told = {judged.party.company for contacts in everybody.values() for one, judged in contacts if _limited(one)} - {""}
    for name, contacts in everybody.items():
        for request, judged in contacts:
            # Whoever is told to limit the use of what comes is sent nothing by its script being loaded.
            limited = _limited(request) or (request.kind == "script" and judged.party.company in told)
            if not limited and (judged.party.category in SELLING or _recognises(site, request, judged)):
                found.setdefault(name, []).append((request, judged))
    return found


def _limited(request: Request) -> bool:
    """Whether a request tells the recipient to process nothing beyond the service: Google's rdp, Meta's LDU, an opt-out of sale."""
    query = dict(parse_qsl(urlsplit(request.url).query))
    opted_out = query.get("us_privacy", "")[2:3].upper() == "Y"
    return opted_out or query.get("rdp") == "1" or query.get("dpo") == "LDU"


def _recognises(site: Site, request: Request, judged: Tracking) -> bool:
    if judged.party.category in HARMLESS or _statistics().search(bare(request.url)):
        return False
    return any(ask(site.consent, request, judged.party) for ask in IDENTIFYING_REASONS)


@cache
def _statistics() -> re.Pattern[str]:
    """Words in the address of somebody unknown that speak of statistics."""
    table = tomllib.loads(resources.files(__package__).joinpath("statistics.toml").read_text("utf-8"))
    return re.compile(rf"(?<![a-z])(?:{'|'.join(table['words'])})(?![a-z])", re.IGNORECASE)


def _stored(site: Site, calm: Scope) -> Iterator[Fault]:
    """Advertising's own cookies and storage."""
    for entry in site.consent.needing:
        verdict, seen = site.consent.verdict(entry), kept(entry, calm)
        if verdict.purpose == "marketing" and seen:
            visit, item = seen[0]
            what = f"{'cookie' if entry.kind == 'cookie' else f'{entry.kind} entry'} {entry.shown}"
            message = f"The {what} is set {ON}: {verdict.why}."
            yield Fault(
                subject=subject(entry), message=message, visit=visit, evidence=(item.id,), confidence=verdict.confidence
            )


def _not_opted_out(strings: list) -> Iterator[Fault]:
    """Strings that tell advertisers that the visitor has not opted out."""
    for visit, signal in strings:
        if signal.framework == "usp" and signal.data.get("string", "----")[2] == "N":
            message = f"The US Privacy string says that the visitor has not opted out of sale, {ON}."
            yield Fault(subject="US Privacy string", message=message, visit=visit, evidence=(signal.id,))
        sections = signal.data.get("opt_outs") or {}
        for section, choices in sections.items() if isinstance(sections, Mapping) else ():
            if "not-opted-out" in (choices.get("sale"), choices.get("sharing")):
                message = f"Section {section} of the GPP string says that the visitor has not opted out, {ON}."
                yield Fault(subject=f"GPP section {section}", message=message, visit=visit, evidence=(signal.id,))
