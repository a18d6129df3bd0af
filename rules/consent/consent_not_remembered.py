from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ConsentAction, Finding, Pages, Unknown
from auditor.rules.consent.articles import REFUSAL
from auditor.rules.consent.evidence import screenshot, tool
from auditor.shelves import rule
from auditor.site import Site

ANSWERS = {"rejected": "refusal", "accepted": "consent"}


@rule(severity="error", needs=("visits:rejected", "visits:accepted", "consent"), articles=REFUSAL)
def consent_not_remembered(site: Site) -> Iterator[Finding | Unknown]:
    """The consent request is back on the next page although it was answered.

    Why: Who is asked again until the answer suits is not free to refuse. A tool that forgets every answer cannot show who consented
    to what, either.

    Fix: Keep the answer in a cookie or in storage that every page of the shop reads (path /, the shop's domain), the refusal as long as
    the consent.
    """
    answered = {name: _answers(site.actions(name)) for name in ANSWERS}
    forgotten = {name: [one for one in actions if one.remembered is False] for name, actions in answered.items()}
    told = [name for name, actions in forgotten.items() if actions]
    if told:
        yield _finding(site, told, [one for name in told for one in forgotten[name]])
    elif not any(answered.values()):
        yield Unknown(reason="whether an answer is remembered was not seen")


def _answers(actions: list[ConsentAction]) -> list[ConsentAction]:
    """The tries of which it is known whether they were remembered.

    A press without effect is no answer once another way of choosing took effect: the tool had every reason to ask again.
    """
    known = [one for one in actions if one.remembered is not None]
    return [one for one in known if one.confirmed] if any(one.confirmed for one in actions) else known


def _finding(site: Site, scenarios: list[str], actions: list[ConsentAction]) -> Finding:
    visits = [site.visits[one.visit] for one in actions]
    answers = " and ".join(ANSWERS[name] for name in scenarios)
    return Finding(
        message=f"The consent request is back when a page is loaded after the visitor's {answers}.",
        subject="any answer" if len(scenarios) > 1 else ANSWERS[scenarios[0]],
        evidence=tuple(dict.fromkeys(name for one in actions for name in (one.id, one.visit))),
        pages=Pages.of(visit.url for visit in visits),
        fix=f"Let {tool(site)} keep the answer where every page reads it: path /, the domain of the shop.",
        screenshot=screenshot(site, visits[0]),
    )
