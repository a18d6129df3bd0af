from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from auditor.legal import path_of
from auditor.model import Button, ConsentUi, Finding, Inapplicable, Pages, Unknown, Visit
from auditor.rules.consent.articles import FREE_CHOICE
from auditor.rules.consent.evidence import anything_needs_consent
from auditor.shelves import rule
from auditor.site import Site

EVERYWHERE = "consent request"
ON_PHONE = "consent request on a phone"
Seen = tuple[Visit, ConsentUi]


@rule(severity="error", needs=("visits:untouched", "consent"), articles=FREE_CHOICE)
def reject_missing_on_first_layer(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The consent request can be accepted on its first layer, but not refused there.

    Why: Refusing must be as easy as accepting, so a choice that only leads to settings is no free one. "Only necessary" and
    "Continue without accepting" are refusals; a cross without a word is none.

    Fix: Put a button that refuses everything optional beside the one that accepts everything, of the same kind and size.
    """
    shown = [(site.visits[ui.visit], ui) for ui in site.banners("untouched") if ui.present and ui.visit in site.visits]
    if not shown:
        yield Inapplicable(reason="no consent request was shown")
        return
    asking = [seen for seen in shown if _roles(seen, "accept")]
    if asking and all(_mere_notice(seen) for seen in asking) and not anything_needs_consent(site):
        yield _of_notice(site, asking)
        return
    for visit, ui in shown:
        lack = _not_understood(ui)
        if lack:
            yield Unknown(reason=lack, evidence=(ui.id, visit.id), pages=Pages.of([visit.url]))
    lacking = [seen for seen in asking if not _roles(seen, "reject")]
    saving = [seen for seen in lacking if _roles(seen, "save")]
    for visit, ui in saving[:1]:
        reason = "whether the button that saves a selection refuses everything depends on what is ticked"
        yield Unknown(reason=reason, evidence=(ui.id, visit.id), pages=Pages.of(v.url for v, _ in saving))
    yield from _findings(site, asking, [seen for seen in lacking if seen not in saving])
    if not lacking:
        yield from _only_on_phone(site)


def _only_on_phone(site: Site) -> Iterator[Finding | Unknown]:
    """A refusal that a desktop's visitor is offered, and a phone's is not, not even after scrolling inside the request."""
    for ui in site.banners("untouched", "phone"):
        seen = (site.visits[ui.visit], ui)
        there = {button.role for button in ui.buttons if button.layer == 1 and button.width * button.height > 0}
        if not ui.present or not _roles(seen, "accept") or there & {"reject", "save"} or _mere_notice(seen):
            continue
        if "other" in there:
            reason = "on a phone, none of the request's buttons is known to refuse, and some are not understood"
            yield Unknown(reason=reason, evidence=(ui.id, ui.visit), pages=Pages.of([seen[0].url]))
        else:
            yield from _findings(site, [seen], [seen], ON_PHONE)


def _not_understood(ui: ConsentUi) -> str:
    """Why nobody can tell what the first layer offers, "" when one can."""
    roles = {button.role for button in _visible(ui)}
    if not roles:
        return "the request's buttons could not be read"
    if "other" in roles and not roles & {"accept", "reject"}:
        texts = ", ".join(f"“{button.text}”" for button in _visible(ui) if button.role == "other")
        return f"none of the request's buttons is known to accept or to refuse ({texts})"
    return ""


def _visible(ui: ConsentUi) -> list[Button]:
    return [button for button in ui.buttons if button.layer == 1 and button.visible]


def _roles(seen: Seen, role: str) -> list[Button]:
    return [button for button in _visible(seen[1]) if button.role == role]


def _mere_notice(seen: Seen) -> bool:
    """Whether its only answer is an "OK": a notice of necessary cookies may look like that."""
    answers = [button for button in _visible(seen[1]) if button.role not in ("policy", "close")]
    return len(answers) == 1 and bool(_acknowledging().fullmatch(" ".join(answers[0].text.split())))


def _of_notice(site: Site, notices: list[Seen]) -> Unknown | Inapplicable:
    """What to say of a notice with an "OK": whether something follows that "OK", only a visit that accepted knows."""
    accepted = site.scenario_state("accepted")
    if accepted.state == "ok":
        return Inapplicable(reason="the notice only tells of cookies, and nothing was seen that needs consent")
    return Unknown(
        reason=f"whether what follows the button of the notice needs consent is unknown: scenario accepted: {accepted.reason}",
        evidence=tuple(ui.id for _, ui in notices[:5]),
        pages=Pages.of(visit.url for visit, _ in notices),
    )


@cache
def _acknowledging() -> re.Pattern[str]:
    table = tomllib.loads(resources.files(__package__).joinpath("acknowledging.toml").read_text("utf-8"))
    return re.compile(f"({'|'.join(text for texts in table.values() for text in texts)})[.!]?", re.IGNORECASE)


def _findings(site: Site, asking: list[Seen], lacking: list[Seen], all_of: str = EVERYWHERE) -> Iterator[Finding]:
    """One finding for all requests, or one a language or template where only some lack the refusal."""
    places: dict[str, list[Seen]] = {}
    for seen in lacking:
        everywhere = len(lacking) == len(asking)
        places.setdefault(all_of if everywhere else _place(site, seen, asking, lacking), []).append(seen)
    for place, found in places.items():
        visit, ui = found[0]
        accept = _roles(found[0], "accept")[0].text
        told = (button for button in _visible(ui) if button.role not in ("policy", "other") or button.tag == "button")
        others = ", ".join(f"“{button.text}”" for button in told)
        yield Finding(
            message=f"The first layer of the {all_of} offers “{accept}”, but nothing that refuses (its buttons: {others}).",
            subject=place,
            evidence=(ui.id, visit.id),
            pages=Pages.of(visit.url for visit, _ in found),
            quote=accept,
            screenshot=ui.screenshot or visit.screenshot,
            fix=f"Add a button that refuses everything optional beside “{accept}”, of the same kind and size.",
        )


def _place(site: Site, seen: Seen, asking: list[Seen], lacking: list[Seen]) -> str:
    visit, ui = seen
    same_language = [other for other in asking if other[1].language == ui.language]
    if ui.language and all(other in lacking for other in same_language):
        return f"consent request ({ui.language})"
    page = site.page(visit.url)
    return f"consent request on {(page.template if page else '') or path_of(visit.url)}"
