"""The visits of one scenario, each profile fresh: untouched, or after a choice that was seen to have its effect."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import Playwright

from auditor.config import Config, Secrets
from auditor.model import ConsentUi, Visit
from auditor.progress import Progress
from auditor.spiders.browser import BrowserError, Chromium, driver, fresh_profile, prove
from auditor.spiders.choice import cut_note
from auditor.spiders.collectors.times import Clock
from auditor.spiders.consent.driver import WAYS
from auditor.spiders.drafts import Draft, Frame, write
from auditor.spiders.identity import user_agent
from auditor.spiders.tab import Credentials
from auditor.spiders.visitor import Order, ProfileLost, Visitor
from auditor.store import Run
from auditor.urls import host_of, same_site

ACTIONS = {"rejected": "reject", "accepted": "accept"}
BANNER_WAIT = 5.0  # seconds, at most, that a banner is waited for on a profile's first page
NO_BANNER_ROLES = 4  # pages of a scenario that are visited when no page asked for anything while untouched
MAX_LOST_PROFILES = 4

Pages = list[tuple[str, str]]


async def visit_scenario(
    run: Run, config: Config, secrets: Secrets, progress: Progress, scenario: str, pages: Pages
) -> None:
    """Visit ``pages`` ((address, role), home first) under a scenario; what was visited well before is not visited again.

    A browser that does not start is told and recorded as the failed visit of the first page; it raises nothing.
    """
    seen = {visit.url for visit in run.fetch(Visit, scenario=scenario, outcome="ok")}
    todo = [page for page in pages if page[0] not in seen]
    if not todo:
        return
    _note_cut(run, config, progress)
    progress.visits(0, len(todo), scenario, todo[0][0])
    work = _Scenario(run, config, secrets, progress, scenario, home=pages[0][0])
    try:
        async with driver() as playwright:
            chromium = await prove(playwright, config)
            _note_browser(run, chromium, progress)
            await work.carry_out(playwright, chromium, todo)
    except BrowserError as error:
        progress.note(str(error))
        run.note("browser", {"product": "", "path": "", "third_party_cookies": False, "trouble": str(error)})
        work.fail(todo[0], str(error))


async def visit_scenarios(
    run: Run, config: Config, secrets: Secrets, progress: Progress, scenarios: Iterable[str], pages: Pages
) -> None:
    """Several scenarios at the same time, each in a browser of its own: most of a visit is waiting for quiet."""
    together = _Together(progress)
    works = [
        asyncio.ensure_future(visit_scenario(run, config, secrets, together, scenario, pages)) for scenario in scenarios
    ]
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


class _Scenario:
    """What is left to do in one scenario, and in which profile it is being done."""

    def __init__(
        self, run: Run, config: Config, secrets: Secrets, progress: Progress, scenario: str, home: str
    ) -> None:
        self.run, self.config, self.secrets, self.progress, self.scenario = run, config, secrets, progress, scenario
        self.home = home
        self.action = ACTIONS.get(scenario, "")
        start = run.noted("start_url") or config.shop or home
        self.origin = start if same_site(start, config.shop or start) else config.shop
        self.own_hosts = frozenset([host_of(self.origin), host_of(config.shop), *config.crawl.hosts]) - {""}
        self.profiles = len({visit.profile for visit in run.fetch(Visit, scenario=scenario)})
        self.order = 0
        self.done = self.total = 0
        self.first_wait = min(BANNER_WAIT, config.visits.settle_limit)
        self.banner_wait = self.first_wait
        self.at = (home, "home")
        self.losses: Counter[tuple[str, str]] = Counter()

    async def carry_out(self, playwright: Playwright, chromium: Chromium, todo: Pages) -> None:
        """Visit all of ``todo``, in as many profiles as it takes."""
        self.total = len(todo)
        carry_out = self._choosing if self.action else self._untouched
        await carry_out(playwright, chromium, self._shortened(todo))

    def _shortened(self, todo: Pages) -> Pages:
        """Where no page asked for consent while untouched, the first pages are enough to see that none does now."""
        untouched = [visit.id for visit in self.run.fetch(Visit, scenario="untouched", outcome="ok")]
        asked = (ui.present for visit in untouched for ui in self.run.fetch(ConsentUi, visit=visit))
        if not self.action or not untouched or any(asked):
            return todo
        self.total = min(len(todo), NO_BANNER_ROLES)
        return todo[:NO_BANNER_ROLES]

    # --- profiles ---

    @asynccontextmanager
    async def _profile(self, playwright: Playwright, chromium: Chromium) -> AsyncIterator[tuple[Visitor, Frame]]:
        """A fresh profile, and the frame of its visits' records."""
        self.profiles += 1
        self.order = 0
        planted = self.secrets.cookies
        frame = Frame(
            run=self.run,
            shop=self.origin,
            scenario=self.scenario,
            profile=f"{self.scenario}-{self.profiles}",
            own_hosts=self.own_hosts,
            planted=frozenset(planted),
        )
        parts = urlsplit(self.origin)
        cookies = [{"name": n, "value": v, "url": f"{parts.scheme}://{parts.netloc}/"} for n, v in planted]
        name = f"{chromium.user_agent} {user_agent(self.config)}"
        headers = Credentials(self.own_hosts, _headers(self.secrets), secure=parts.scheme == "https")
        async with fresh_profile(playwright, chromium.path, self.config, user_agent=name, cookies=cookies) as context:
            visitor = Visitor(context, self.config.visits, headers)
            try:
                yield visitor, frame
            finally:
                await visitor.close()

    def _write(self, draft: Draft, frame: Frame) -> None:
        write(draft, frame, self.order)
        self.order += 1
        self.done += 1
        self.progress.visits(self.done, max(self.total, self.done), self.scenario, draft.url)

    def fail(self, page: tuple[str, str], reason: str) -> None:
        """Record a page that could not be visited at all."""
        draft = Draft(page[0], page[1], Clock(0.0, chosen_before=False), failure=reason)
        profile = f"{self.scenario}-{self.profiles + 1}"
        write(draft, Frame(self.run, self.origin, self.scenario, profile, self.own_hosts, frozenset()), 0)

    # --- untouched ---

    async def _untouched(self, playwright: Playwright, chromium: Chromium, todo: Pages) -> None:
        left = list(todo)
        while left:
            try:
                async with self._profile(playwright, chromium) as (visitor, frame):
                    while left:
                        self.at = left[0]
                        draft = await visitor.visit(Order(*self.at, banner_wait=self.banner_wait))
                        self._learn(draft)
                        self._write(draft, frame)
                        left.pop(0)
            except ProfileLost as error:
                self._lost(left, error)

    def _learn(self, draft: Draft) -> None:
        """How long a banner takes on this shop: what the first page showed late may come late on every page."""
        if not draft.failure:
            late = draft.banner_at + 1.0 if draft.banner and draft.banner_at else 0.0
            self.banner_wait = late if self.order == 0 else max(late, self.banner_wait)

    def _lost(self, left: Pages, error: ProfileLost) -> None:
        """A page ended the browser: it is tried once more in a fresh profile, then it is failed; at last all are."""
        self.losses[self.at] += 1
        if self.losses.total() >= MAX_LOST_PROFILES:
            given_up = list(left)
        else:
            given_up = [self.at] if self.losses[self.at] > 1 else []
        for page in given_up:
            self.fail(page, str(error))
            self.done += 1
            if page in left:
                left.remove(page)

    # --- with a choice ---

    async def _choosing(self, playwright: Playwright, chromium: Chromium, todo: Pages) -> None:
        left, skip = list(todo), frozenset[str]()
        while left and not skip >= set(WAYS):
            try:
                async with self._profile(playwright, chromium) as (visitor, frame):
                    tried = await self._in_profile(visitor, frame, left, skip)
            except ProfileLost as error:
                self._lost(left, error)
                continue
            if not tried:
                return
            skip |= tried

    async def _in_profile(self, visitor: Visitor, frame: Frame, left: Pages, skip: frozenset[str]) -> frozenset[str]:
        """Go through ``left`` in one profile. The ways of choosing that failed in it, when that ended it early."""
        self.banner_wait = self.first_wait
        chosen = False
        for page in _home_first(self.home, left):
            self.at = page
            action = "" if chosen else self.action
            order = Order(*page, chosen=chosen, banner_wait=self.banner_wait, action=action, skip=skip)
            draft = await visitor.visit(order)
            self._learn(draft)
            if draft.choices:
                again = await self._repeat(visitor, draft)
                chosen = draft.choices[-1].confirmed
                self._write(draft, frame)
                if again is None or not chosen:
                    return frozenset(choice.way for choice in draft.choices)
                self._write(again, frame)
            else:
                self._write(draft, frame)
            if page in left:
                left.remove(page)
        return frozenset()

    async def _repeat(self, visitor: Visitor, draft: Draft) -> Draft | None:
        """Load the page of the choice again: a request that comes back was not answered, whatever became of its buttons."""
        choice = draft.choices[-1]
        if not choice.confirmed:
            return None
        wait = draft.banner_at + 1.0
        again = await visitor.visit(Order(draft.url, draft.role, chosen=True, banner_wait=wait))
        back = again.banner is not None and again.banner.decides
        if back and not choice.state.speaks_for(choice.action):
            choice.confirmed = False
            choice.reason = "the choice was not remembered: the consent request was back when the page was loaded again"
        return again


def _home_first(home: str, left: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pages of a profile: a choice is made at home, even when home itself was visited before."""
    pages = list(left)
    return pages if pages and pages[0][0] == home else [(home, "home"), *pages]


def _headers(secrets: Secrets) -> dict[str, str]:
    """The headers that carry a staging shop's credentials; its cookies lie in the jar."""
    headers = dict(secrets.headers)
    if secrets.basic_auth:
        headers["Authorization"] = "Basic " + base64.b64encode(secrets.basic_auth.encode()).decode("ascii")
    return headers
