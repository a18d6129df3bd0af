"""The scenarios with a choice, each made at home in a fresh profile and believed when it was seen to have its effect."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.spiders.consent.driver import WAYS
from auditor.spiders.drafts import Draft, Frame
from auditor.spiders.profiles import Held, PageRole, Pages, Work, asking_page, banner_delay
from auditor.spiders.visitor import Order, ProfileLost, Visitor
from auditor.urls import host_of

ACTIONS = {"rejected": "reject", "accepted": "accept"}
NO_BANNER_ROLES = 4  # pages of a scenario that are visited when no page asked for anything while untouched
MAX_LOST_CHOICES = 2  # profiles: what ends the page when something is pressed does so each time
NOT_REMEMBERED = "the choice was not remembered: the consent request was back when the page was loaded again"

Ways = frozenset[str]


async def choose_everywhere(work: Work, todo: Pages) -> None:
    """Make the scenario's choice, load the page again, and go on to the other pages."""
    # Where no page asked for consent while untouched, the first pages are enough to see that none does now.
    left = todo[:NO_BANNER_ROLES] if work.looked_in_vain() else list(todo)
    work.total = len(left)
    skip: Ways = frozenset()
    while left and not skip >= set(WAYS):
        try:
            async with work.profile() as (visitor, frame):
                with work.holding(frame) as held:
                    tried = await _in_profile(work, visitor, held, left, skip)
        except ProfileLost as error:
            work.lose(left, error, most=MAX_LOST_CHOICES)
            continue
        if not tried:
            return
        skip |= tried


async def _in_profile(work: Work, visitor: Visitor, held: Held, left: Pages, skip: Ways) -> Ways:
    """Go through ``left`` in one profile. The ways of choosing that failed in it, when that ended it early."""
    action = ACTIONS[work.task.scenario]
    made: Draft | None = None
    for page in _home_first(work.home, left):
        order = Order(*page, chosen=made is not None, action="" if made else action, skip=skip)
        draft = await work.go(visitor, order)
        again = await _repeat(visitor, draft)
        held.write(draft)
        if draft.choices:
            if again is None or not draft.choices[-1].confirmed:
                return frozenset(choice.way for choice in draft.choices)
            held.write(again)
            made = draft
        elif made and _asks_again(made, draft):
            made.choices[-1].remembered = False
        if page in left:
            left.remove(page)
    return frozenset()


async def _repeat(visitor: Visitor, draft: Draft) -> Draft | None:
    """Load the page of the choice again: a request that comes back was not answered, whatever became of its buttons."""
    if not draft.choices or not draft.choices[-1].confirmed:
        return None
    choice = draft.choices[-1]
    again = await visitor.visit(Order(draft.url, draft.role, chosen=draft.divides, banner_wait=banner_delay(draft)))
    if again.failure:
        return again
    back = again.banner is not None and again.banner.decides
    choice.remembered = not _asks_again(draft, again)
    if back and not choice.state.speaks_for(choice.action):
        choice.confirmed = choice.remembered = False
        choice.reason = NOT_REMEMBERED
        draft.failed_picture = again.picture or draft.picture  # a page that looks as before is not pictured again
    return again


def _asks_again(made: Draft, later: Draft) -> bool:
    """Whether a later page shows the request that was answered: one with its words, or with its controls."""
    first, now = made.banner, later.banner
    if first is None or now is None or not now.decides or host_of(made.url) != host_of(later.url):
        return False
    deciding = [{c.text for c in one.controls if c.role in ("accept", "reject")} for one in (first, now)]
    return now.text == first.text or bool(deciding[0] & deciding[1])


def _home_first(home: str, left: Iterable[PageRole]) -> list[PageRole]:
    """The pages of a profile: a choice is made at home, even when home itself was visited before."""
    pages = list(left)
    return pages if pages and pages[0][0] == home else [(home, "home"), *pages]


# --- withdrawn --------------------------------------------------------------------------------------------------


async def withdraw_consent(work: Work, todo: Pages) -> None:
    """Consent, go on, withdraw by the way back that the shop offers, and see what comes after it."""
    asking = asking_page(work.run)
    first = next((page for page in todo if page[0] == asking), todo[0])
    others = [page for page in todo if page != first] or [first]
    work.total = 7
    left, skip = [first], frozenset[str]()
    while left and not skip >= set(WAYS):
        try:
            async with work.profile() as (visitor, frame):
                tried = await _withdrawn(work, visitor, frame, first, others, skip)
        except ProfileLost as error:
            work.lose(left, error)
            continue
        if not tried:
            return
        skip |= tried


async def _withdrawn(work: Work, visitor: Visitor, frame: Frame, first: PageRole, others: Pages, skip: Ways) -> Ways:
    """The ways of consenting that failed in this profile; none when it went on to the withdrawal, or nobody asked."""
    draft = await work.go(visitor, Order(*first, action="accept", skip=skip, divides=False))
    again = await _repeat(visitor, draft)
    work.write(draft, frame)
    if again is None or not draft.choices[-1].confirmed:
        return frozenset(choice.way for choice in draft.choices)
    work.write(again, frame)
    work.write(await work.go(visitor, Order(*others[0])), frame)
    withdrawal = await work.go(visitor, Order(*first, action="withdraw"))
    work.write(withdrawal, frame)
    if withdrawal.choices and withdrawal.choices[-1].confirmed:
        for page in (first, *others[:2]):
            work.write(await work.go(visitor, Order(*page, chosen=True)), frame)
    return frozenset()
