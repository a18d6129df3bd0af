from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ConsentAction, Finding, Pages
from auditor.rules.consent.articles import WITHDRAWAL
from auditor.rules.consent.evidence import screenshot, tool
from auditor.shelves import rule
from auditor.site import Site

SUBJECT = "way back to the choice"
# A link that opens the preferences, and there one control, or two switches and a button that saves them.
MORE_STEPS = 3
# Preferences that a control on every page opens: all the usual purposes may be switched off there one by one, then saved.
DIRECT = frozenset({"footer link", "floating button"})
USUAL_PURPOSES = 4


@rule(severity="error", needs=("visits:withdrawn", "consent"), articles=WITHDRAWAL)
def withdraw_harder_than_consent(site: Site) -> Iterator[Finding]:
    """Withdrawing consent takes many more steps than giving it.

    Why: It must be as easy to withdraw as to give. Opening the preferences is one step more that nobody minds; a way through an
    explaining page and every single purpose is not.

    Fix: Let a link in the footer open the preferences at once, and offer there one button that refuses everything.
    """
    actions = [action for action in site.actions("withdrawn") if action.confirmed and action.steps]
    given = min((one.steps for one in actions if one.action == "accept"), default=0)
    taken = [one for one in actions if one.action == "withdraw" and _too_many(one, given)]
    if given and taken:
        yield _finding(site, min(taken, key=lambda one: one.steps), given)


def _too_many(action: ConsentAction, given: int) -> bool:
    moved = action.steps - len(action.pressed)
    if action.way in DIRECT and len(action.pressed) <= given + 1:
        return moved > USUAL_PURPOSES
    return action.steps > given + MORE_STEPS


def _finding(site: Site, action: ConsentAction, given: int) -> Finding:
    visit = site.visits[action.visit]
    presses = ", ".join(f"“{text}”" for text in action.pressed)
    extra = action.steps - len(action.pressed)
    beside = f" and {extra} page{'s' * (extra > 1)} to open or switch{'es' * (extra > 1)} to move" if extra else ""
    return Finding(
        message=f"Consent is given in {given} step{'s' * (given > 1)}, but withdrawn in {action.steps}: {presses}{beside}.",
        subject=SUBJECT,
        evidence=(action.id, visit.id),
        pages=Pages.of([visit.url]),
        fix=f"Let a link in the footer open the preferences of {tool(site)}, and offer one button there that refuses everything.",
        screenshot=screenshot(site, visit),
    )
