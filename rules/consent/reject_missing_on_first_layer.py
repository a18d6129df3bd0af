from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Button, ConsentUi, Finding, Pages, Unknown, Visit
from auditor.rules.consent.articles import FREE_CHOICE
from auditor.rules.consent.evidence import Scope, screenshot, tool, trackers
from auditor.shelves import rule
from auditor.site import Site

MAX_QUOTE = 200


@rule(severity="error", needs=("visits:untouched", "consent"), articles=FREE_CHOICE)
def reject_missing_on_first_layer(site: Site) -> Iterator[Finding | Unknown]:
    """The consent request can be accepted at once, but refused only after more steps, or not at all.

    Why: Consent is free only when refusing is as easy as agreeing. Authorities ask for a control that refuses everything on
    the layer that has the one to accept. "Only necessary" and "Continue without accepting" are such controls.

    Fix: Put a control such as "Reject all" beside "Accept all", on the first layer.
    """
    groups: dict[tuple[str, str], list[tuple[Visit, ConsentUi]]] = {}
    for ui in site.banners("untouched"):
        if ui.present:
            visit = site.visits[ui.visit]
            groups.setdefault((_language(ui, visit), _template(site, visit)), []).append((visit, ui))
    for (language, _), seen in sorted(groups.items()):
        yield from _judge(site, language, seen)


def _judge(site: Site, language: str, seen: list[tuple[Visit, ConsentUi]]) -> Iterator[Finding | Unknown]:
    """What one template's banner in one language offers, by all the visits that saw it."""
    controls = [button for _, ui in seen for button in ui.buttons if button.layer == 1 and button.visible]
    roles = {button.role for button in controls}
    visits = [visit for visit, _ in seen]
    evidence = tuple(ui.id for _, ui in seen)[:12]
    if "reject" in roles or (roles <= {"accept", "close", "policy"} and "accept" in roles and not _needed(site)):
        return
    if "accept" not in roles or (odd := _odd(controls, roles)):
        what = f"the control “{odd}” was not understood" if roles else "its controls could not be read"
        if "accept" not in roles and roles:
            what = "no control to accept was recognised in it"
        yield Unknown(reason=f"a consent request is shown, but {what}", evidence=evidence, pages=_pages(visits))
        return
    shown = ", ".join(dict.fromkeys(f"“{button.text}”" for button in controls if button.text))
    yield Finding(
        message=f"The first layer of the consent request offers {shown}, and nothing that refuses.",
        subject=f"first layer ({language})" if language else "first layer",
        evidence=evidence,
        pages=_pages(visits),
        quote=seen[0][1].text[:MAX_QUOTE],
        confidence="medium" if "other" in roles else "high",
        fix=f"Configure {tool(site)} to show a control such as “Reject all” on its first layer.",
        screenshot=screenshot(site, visits[0]),
    )


def _odd(controls: list[Button], roles: set[str]) -> str:
    """A button whose words are not known, on a layer without a way to the settings: it may be the refusal."""
    others = (button.text for button in controls if button.role == "other" and button.tag != "a")
    return "" if "settings" in roles else next((text for text in others if any(map(str.isalpha, text))), "")


def _needed(site: Site) -> bool:
    """Whether anything on the shop needs consent at all; if not, a notice with an "OK" is no request for it."""
    visits = {visit.id: visit for visit in site.visits.values() if visit.outcome == "ok"}
    scopes = (Scope(visits=visits, phase=phase, when="") for phase in ("before", "after"))
    return bool(site.consent.needing) or any(trackers(site, scope) for scope in scopes)


def _language(ui: ConsentUi, visit: Visit) -> str:
    return (ui.language or visit.language).partition("-")[0].lower()


def _template(site: Site, visit: Visit) -> str:
    page = site.resolve(visit.url)
    return page.template if page else ""


def _pages(visits: list[Visit]) -> Pages:
    return Pages.of(visit.url for visit in visits)
