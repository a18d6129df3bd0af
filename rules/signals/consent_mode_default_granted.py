from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ApiCall, Finding, Inapplicable, Visit
from auditor.rules.consent.evidence import tool
from auditor.rules.signals.articles import NOT_GIVEN
from auditor.rules.signals.evidence import Fault, findings, heard, listed
from auditor.rules.signals.modes import (
    countries,
    granted,
    held,
    is_hit,
    is_tag,
    last_document,
    on_the_wire,
    order,
    requests,
    runs,
    state,
    told,
)
from auditor.shelves import rule
from auditor.site import Site

EARLY = "before the visitor has chosen anything"


@rule(severity="error", needs=("visits:untouched", "signals", "requests"), articles=NOT_GIVEN)
def consent_mode_default_granted(site: Site) -> Iterator[Finding | Inapplicable]:
    """Google's tags are told that consent is given before the visitor has chosen anything.

    Why: Consent mode decides whether Google's tags set cookies and send identifiers. Where opt-in is the law it must start with
    everything denied for visitors from there; tags without any default behave as if all were granted. A default that is
    granted only for other regions is fine, and so is functionality_storage or security_storage.

    Fix: Call gtag("consent", "default", …) with ad_storage, analytics_storage, ad_user_data and ad_personalization denied, before
    any other tag, without a region or with all the regions where opt-in is the law.
    """
    visits = site.visits_in("untouched", "ok")
    if not any(
        runs(site, visit) or told(site, visit) or heard(site, visit, "consent-mode", "before") for visit in visits
    ):
        yield Inapplicable(reason="no tag of Google and no consent mode was seen")
        return
    yield from findings(site, (fault for visit in visits if (fault := _fault(site, visit))))


def _fault(site: Site, visit: Visit) -> Fault | None:
    calls = last_document(told(site, visit, phase="before"))
    defaults = [call for call in calls if call.action == "default"]
    in_layer = _granted_in(site, defaults)
    tags, held_in = held(site, visit, "before")
    if in_layer or (not defaults and granted(tags)):
        names = in_layer or granted(tags)
        message = f"Google's consent mode starts with {listed(names)} granted {EARLY}."
        return Fault(
            subject="default", message=message, visit=visit, evidence=tuple(call.id for call in defaults) or (held_in,)
        )
    if names := _granted_in(site, calls):
        ids = tuple(call.id for call in calls if call.action == "update")
        message = f"Google's consent mode is told that {listed(names)} is granted {EARLY}."
        return Fault(subject="update before the choice", message=message, visit=visit, evidence=ids)
    return _on_the_wire(site, visit) or (None if tags else _without_default(site, visit, calls))


def _granted_in(site: Site, calls: list[ApiCall]) -> list[str]:
    found = [name for country in countries(site) for name in granted(state(calls, country))]
    return list(dict.fromkeys(found))


def _on_the_wire(site: Site, visit: Visit) -> Fault | None:
    for request in requests(site, visit, "before"):
        if names := granted(on_the_wire(request)):
            message = f"Google's tags report that {listed(names)} is granted {EARLY}."
            return Fault(
                subject="reported by the tags",
                message=message,
                visit=visit,
                evidence=(request.id,),
                cause=request.cause,
            )
    return None


def _without_default(site: Site, visit: Visit, calls: list[ApiCall]) -> Fault | None:
    """Tags that are set up before anybody told them of consent: they take it as given."""
    setups = [call for call in last_document(told(site, visit, "data-layer", "before")) if call.action == "config"]
    early = [call for call in setups if all(_precedes(call, other) for other in calls)]
    sent = list(requests(site, visit, "before"))
    at_work = [request for request in sent if is_hit(request) or (setups and is_tag(request))]
    if not at_work or (calls and not early) or any(map(on_the_wire, sent)):
        return None
    subject, lack = ("default after the tags", "before") if calls else ("no default", "without")
    return Fault(
        subject=subject,
        message=f"Google's tags run {lack} a consent default, and so as if everything were granted, {EARLY}.",
        visit=visit,
        evidence=tuple(record.id for record in (*at_work[:3], *early[:1], *calls[:1])),
        confidence="medium",
        cause=at_work[0].cause,
        fix=f"Set the default to denied before the first tag, or let {tool(site)} load the tags only after an opt-in.",
    )


def _precedes(one: ApiCall, other: ApiCall) -> bool:
    """Whether it was pushed on the same layer, earlier."""
    return one.data.get("layer") == other.data.get("layer") and order(one) < order(other)
