from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.consent.articles import WITHDRAWAL
from auditor.rules.consent.evidence import anything_needs_consent, screenshot, tool
from auditor.shelves import rule
from auditor.site import Site

SUBJECT = "way back to the choice"


@rule(severity="error", needs=("visits:accepted", "consent"), articles=WITHDRAWAL)
def withdraw_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """Whoever has consented finds no way back to the choice.

    Why: Consent must be as easy to withdraw as it was to give, at any time. Deleting cookies in the browser is no way that a shop may
    point to. A link in the footer, a floating button, a page of settings, or a control on the page on cookies will do.

    Fix: Put a link such as "Cookie settings" into the footer of every page that opens the consent tool's preferences.
    """
    state = site.scenario_state("withdrawn")
    if state.state == "no-banner":
        yield Inapplicable(reason=f"scenario withdrawn: {state.reason}")
    elif state.state in ("not-run", "failed"):
        yield Unknown(reason=f"scenario withdrawn: {state.reason}", evidence=state.evidence)
    elif state.state == "no-way-back" and not anything_needs_consent(site):
        yield Inapplicable(reason="nothing was seen that needs consent, so there is none to withdraw")
    elif state.state == "no-way-back":
        (action,) = [site.run.get(one) for one in state.evidence]
        visit = site.visits[action.visit]
        yield Finding(
            message="After consent was given, no link, button or icon leads back to the choice, "
            "neither on the page nor on the pages on cookies and privacy.",
            subject=SUBJECT,
            evidence=(action.id, visit.id),
            pages=Pages.of([visit.url]),
            fix=f"Put a link into the footer of every page that opens the preferences of {tool(site)}.",
            screenshot=action.screenshot or screenshot(site, visit),
        )
