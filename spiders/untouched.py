"""The scenario without a choice: all pages, and looked at apart what scrolling does and what the preferences say."""

from __future__ import annotations

from auditor.spiders.drafts import Draft
from auditor.spiders.drift import note_drift
from auditor.spiders.profiles import Pages, Work
from auditor.spiders.visitor import Order, ProfileLost


async def visit_all(work: Work, todo: Pages) -> None:
    """Visit the pages one after the other, touching nothing."""
    left = list(todo)
    work.total = len(left)
    while left:
        try:
            async with work.profile() as (visitor, frame):
                while left:
                    work.write(await work.go(visitor, Order(*left[0])), frame)
                    left.pop(0)
        except ProfileLost as error:
            work.lose(left, error)


async def scroll_apart(work: Work, todo: Pages) -> None:
    """Go on without an answer, then scroll without one, and see what another page makes of that."""
    first, *others = todo
    other = (others or todo)[0]
    orders = [Order(*first), Order(*other), Order(*first, action="scroll"), Order(*other, scrolled=True)]
    await _once(work, orders)


async def look_behind(work: Work, todo: Pages) -> None:
    """Look at the request and at the preferences behind it."""
    await _once(work, [Order(*todo[0], action="look-behind")])


async def _once(work: Work, orders: list[Order]) -> None:
    """Carry out orders in one fresh profile; when the browser ends on the way, in another one from the beginning."""
    work.total = len(orders)
    trouble = ""
    for _ in range(2):
        drafts: list[Draft] = []
        try:
            async with work.profile() as (visitor, frame):
                for order in orders:
                    drafts.append(await work.go(visitor, order))
                if work.task.part == "scroll":
                    note_drift(drafts)
                for draft in drafts:
                    work.write(draft, frame)
            return
        except ProfileLost as error:
            trouble = str(error)
    work.fail((orders[0].url, orders[0].role), trouble)
