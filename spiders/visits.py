"""The visits of the scenarios, each profile fresh: untouched, or around a choice that was seen to have its effect."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

from auditor.config import Config, Secrets
from auditor.model import ConsentAction, ConsentUi, Visit
from auditor.progress import Progress
from auditor.spiders.browser import BrowserError, Chromium, driver, prove
from auditor.spiders.choice import cut_note
from auditor.spiders.choosing import choose_everywhere, withdraw_consent
from auditor.spiders.profiles import PARTS, Pages, Task, Work, asking_page
from auditor.spiders.untouched import look_behind, scroll_apart, visit_all
from auditor.store import Run

MAX_GPC = 4  # pages
AT_ONCE = 3  # scenarios: more browsers at a time than that slow one another down on two cores

# How the visits of a scenario, or of a part of it, are made.
MANNERS: Mapping[str, Callable[[Work, Pages], Awaitable[None]]] = {
    "untouched": visit_all,
    "scroll": scroll_apart,
    "layers": look_behind,
    "phone": look_behind,
    "rejected": choose_everywhere,
    "accepted": choose_everywhere,
    "withdrawn": withdraw_consent,
    "gpc": visit_all,
}


async def visit_scenario(
    run: Run, config: Config, secrets: Secrets, progress: Progress, scenario: str, pages: Pages, part: str = ""
) -> None:
    """Visit ``pages`` ((address, role), home first) under a scenario; what was visited well before is not visited again.

    ``part`` is one of ``PARTS``, to be looked at apart. A browser that does not start is told and recorded as the failed
    visit of the first page; it raises nothing.
    """
    todo = _part(run, pages, part) if part else _left(run, pages, scenario)
    if not todo:
        return
    _note_cut(run, config, progress)
    work = Work(Task(run, config, secrets, progress, scenario, pages[0][0], part))
    progress.visits(0, len(todo), work.task.name, todo[0][0])
    try:
        async with driver() as playwright:
            chromium = await prove(playwright, config)
            _note_browser(run, chromium, progress)
            work.use(playwright, chromium)
            await MANNERS[part or scenario](work, todo)
    except BrowserError as error:
        progress.note(str(error))
        run.note("browser", {"product": "", "path": "", "third_party_cookies": False, "trouble": str(error)})
        work.fail(todo[0], str(error))


def _left(run: Run, pages: Pages, scenario: str) -> Pages:
    """The pages that were not visited well in the scenario before."""
    if scenario == "withdrawn":
        return [] if _withdrawn(run) else pages
    seen = {visit.url for visit in run.fetch(Visit, scenario=scenario, outcome="ok") if visit.role not in PARTS}
    return [page for page in (pages[:MAX_GPC] if scenario == "gpc" else pages) if page[0] not in seen]


def _withdrawn(run: Run) -> bool:
    """Whether the way back was sought before, or there was nothing to consent to."""
    visits = [visit.id for visit in run.fetch(Visit, scenario="withdrawn", outcome="ok")]
    if any(run.count(ConsentAction, visit=visit, action="withdraw") for visit in visits):
        return True
    return bool(visits) and not any(run.count(ConsentUi, visit=visit, present=True) for visit in visits)


def _part(run: Run, pages: Pages, part: str) -> Pages:
    """The pages for a look apart: one that asks for consent, and another one. None where it was looked at, or nobody asks."""
    if next(run.fetch(Visit, scenario="untouched", role=part, outcome="ok"), None):
        return []
    asking = asking_page(run)
    others = [(url, part) for url, _ in pages if url != asking]
    return [(asking, part), *others[:1]] if asking else []


async def visit_scenarios(
    run: Run, config: Config, secrets: Secrets, progress: Progress, scenarios: Iterable[str], pages: Pages
) -> None:
    """Several scenarios at the same time, each in a browser of its own: most of a visit is waiting for quiet.

    ``untouched`` stands for what is looked at apart in it: its pages were visited before.
    """
    together = _Together(progress)
    scenarios = list(scenarios)
    wanted = [(scenario, "") for scenario in scenarios if scenario != "untouched"]
    wanted += [("untouched", part) for part in PARTS if "untouched" in scenarios]
    at_once = asyncio.Semaphore(AT_ONCE)

    async def visit(scenario: str, part: str) -> None:
        async with at_once:
            await visit_scenario(run, config, secrets, together, scenario, pages, part)

    works = [asyncio.ensure_future(visit(scenario, part)) for scenario, part in wanted]
    try:
        await asyncio.gather(*works)
    finally:
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)


class _Together:
    """The progress of several scenarios as that of one."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._counts: dict[str, tuple[int, int]] = {}
        self.stage, self.pages, self.note = progress.stage, progress.pages, progress.note

    def visits(self, done: int, total: int, scenario: str, url: str) -> None:
        self._counts[scenario] = (done, total)
        done, total = (sum(numbers) for numbers in zip(*self._counts.values(), strict=True))
        self._progress.visits(done, total, scenario, url)


def _note_cut(run: Run, config: Config, progress: Progress) -> None:
    """Tell once what ``visits.limit`` leaves out."""
    note = cut_note(run, config)
    if note and note != run.noted("visits_cut"):
        run.note("visits_cut", note)
        progress.note(note)


def _note_browser(run: Run, chromium: Chromium, progress: Progress) -> None:
    if run.noted("browser") == chromium.manifest():
        return
    run.note("browser", chromium.manifest())
    if not chromium.third_party_cookies:
        progress.note(
            f"{chromium.path} refuses third-party cookies although it was told to take them: what other sites would "
            "store in visitors' browsers cannot be judged in full; another Chromium (visits.browser) may take them"
        )
