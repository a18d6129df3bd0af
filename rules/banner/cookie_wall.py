from __future__ import annotations

from collections.abc import Iterator

from auditor import legal
from auditor.model import Button, Finding, Inapplicable, Pages, Unknown
from auditor.rules.banner.articles import FREE
from auditor.rules.banner.seen import NOT_ASKED, Seen, buttons, evidence, offers, picture, requests, screen, unread
from auditor.shelves import rule
from auditor.site import Site
from auditor.urls import host_of


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
    # What one visit saw behind the settings is behind those of the others, too.
    behind = any(ui.layers > 1 and _way_out((visit, ui)) for visit, ui in seen)
    closed = [one for one in blocking if not _way_out(one) and not (behind and offers(one[1], "settings"))]
    walls = [one for one in closed if not _unclear(one, seen)]
    if walls:
        yield _finding(walls)
    elif closed:
        reason = f"whether the request that covers the page can be refused is unknown: {_unclear(closed[0], seen)}"
        yield Unknown(reason=reason, evidence=evidence(closed[:3]), pages=Pages.of(visit.url for visit, _ in closed))


def _unclear(one: Seen, seen: list[Seen]) -> str:
    """Why nobody can tell whether this request can be refused; "" when one can."""
    strange = [button for button in buttons(one[1], "other") if not _leads_away(button, one)]
    if strange:
        return f"what “{strange[0].text}” does is not understood (it may refuse, or cost money)"
    return unread(seen) if offers(one[1], "settings") else ""


def _leads_away(button: Button, one: Seen) -> bool:
    """A link to a legal page, or to another site, such as the maker of the consent tool: it decides nothing."""
    elsewhere = bool(button.href) and host_of(button.href) != host_of(one[0].url)
    return elsewhere or bool(legal.kinds_of(button.text, button.href))


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
