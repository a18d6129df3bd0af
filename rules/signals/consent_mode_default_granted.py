from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Request, Visit
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
    return _on_the_wire(site, visit) or (None if calls or tags else _without_default(site, visit))


def _granted_in(site: Site, calls: list) -> list[str]:
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


def _without_default(site: Site, visit: Visit) -> Fault | None:
    """Tags that run, and that nobody told of consent: they take it as given."""
    configured = any(call.action == "config" for call in told(site, visit, "data-layer", "before"))
    at_work = [
        one for one in requests(site, visit, "before") if _untold(one) and (is_hit(one) or (configured and is_tag(one)))
    ]
    if not at_work:
        return None
    message = f"Google's tags run without a consent default, and so as if everything were granted, {EARLY}."
    fix = f"Set the consent default to denied before the first tag, or let {tool(site)} load the tags only after an opt-in."
    evidence = tuple(request.id for request in at_work[:3])
    return Fault(
        subject="no default",
        message=message,
        visit=visit,
        evidence=evidence,
        confidence="medium",
        cause=at_work[0].cause,
        fix=fix,
    )


def _untold(request: Request) -> bool:
    return not on_the_wire(request)
