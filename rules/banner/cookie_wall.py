from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.banner.articles import FREE
from auditor.rules.banner.seen import NOT_ASKED, Seen, buttons, evidence, offers, picture, requests, screen
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("visits:untouched", "consent"), articles=FREE)
def cookie_wall(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The shop cannot be used before everything is accepted, and nothing can be refused.

    Why: Consent that is the price of entry is not freely given. A request that covers the page is none of that as long as it can be
    refused, there or behind its settings.

    Fix: Offer a refusal, or let the page be used while the request is open.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
        return
    blocking = [one for one in seen if (one[1].blocks_page or one[1].page_hidden) and buttons(one[1], "accept")]
    walls = [one for one in blocking if not _way_out(one)]
    unclear = [one for one in walls if offers(one[1], "settings") and one[1].layers < 2]
    walls = [one for one in walls if one not in unclear]
    if walls:
        yield _finding(walls)
    elif unclear:
        reason = "whether the request that covers the page can be refused behind its settings could not be seen"
        yield Unknown(reason=reason, evidence=evidence(unclear[:3]))


def _way_out(one: Seen) -> bool:
    ui = one[1]
    return offers(ui, "reject", "close") or (offers(ui, "save") and bool(ui.switches))


def _finding(walls: list[Seen]) -> Finding:
    accept = buttons(walls[0][1], "accept")[0].text
    return Finding(
        message=f"The page cannot be used{screen(walls[0])} until “{accept}” is pressed, and nothing can be refused.",
        subject="consent request",
        evidence=evidence(walls),
        pages=Pages.of(visit.url for visit, _ in walls),
        quote=accept,
        confidence="high" if walls[0][1].page_hidden else "medium",
        fix=f"Put a button that refuses everything optional beside “{accept}”.",
        screenshot=picture(walls[0]),
    )
