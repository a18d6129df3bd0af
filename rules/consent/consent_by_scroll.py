from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ConsentAction, Finding, Inapplicable, Pages, Unknown
from auditor.rules.consent.articles import CLEAR_ACT
from auditor.rules.consent.evidence import Scope, before_choice, kept, screenshot, tool, trackers
from auditor.shelves import rule
from auditor.site import Site

DONE = {"scroll": "scrolling, or a click beside the request,", "browse": "going on to another page"}
SUBJECTS = {"scroll": "scrolling", "browse": "going on to another page"}


@rule(severity="error", needs=("visits:untouched", "consent", "cookies", "storage"), articles=CLEAR_ACT)
def consent_by_scroll(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """Scrolling, a click somewhere on the page, or going on to another page is taken for consent.

    Why: Consent is a clear act that says yes to something. Whoever scrolls wants to read on, and cannot know that something was agreed to.

    Fix: Switch the tool's options off that take scrolling, clicks or going on for an answer, and wait for the button.
    """
    tries = [action for action in site.actions("untouched") if action.action in DONE]
    if not any(ui.present for ui in site.banners("untouched")):
        yield Inapplicable(reason="no consent request was shown")
    elif not tries:
        yield Unknown(reason="no visit scrolled or went on while the consent request was unanswered")
    yield from (_finding(site, action) for action in tries if action.confirmed and _agreed(site, action))


def _agreed(site: Site, action: ConsentAction) -> bool:
    """Whether it was taken for a yes: a request that merely goes away is one when things that need consent follow."""
    if _said_yes(action):
        return True
    early = before_choice(site)
    late = Scope(visits=early.visits, phase="scrolled", when="")
    new = [entry for entry in site.consent.needing if kept(entry, late) and not kept(entry, early)]
    return bool(new or trackers(site, late).keys() - trackers(site, early).keys())


def _said_yes(action: ConsentAction) -> bool:
    return "yes" in action.effect


def _finding(site: Site, action: ConsentAction) -> Finding:
    visit = site.visits[action.visit]
    return Finding(
        message=f"{DONE[action.action].capitalize()} is taken for consent: {action.effect}.",
        subject=SUBJECTS[action.action],
        evidence=(action.id, visit.id),
        pages=Pages.of([visit.url]),
        confidence="high" if _said_yes(action) else "medium",
        fix=f"Let {tool(site)} wait for a button: nothing else is an answer.",
        screenshot=screenshot(site, visit),
    )
