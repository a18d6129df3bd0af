"""Fresh browser profiles for one scenario, and the records of what is visited in them."""

from __future__ import annotations

import base64
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.async_api import Playwright

from auditor.config import Config, Secrets
from auditor.model import ConsentUi, Visit
from auditor.progress import Progress
from auditor.spiders.browser import PHONE_SCREEN, Chromium, fresh_profile
from auditor.spiders.collectors.times import Clock
from auditor.spiders.drafts import Draft, Frame, write
from auditor.spiders.identity import user_agent
from auditor.spiders.tab import Credentials
from auditor.spiders.visitor import Order, ProfileLost, Visitor
from auditor.store import Run
from auditor.urls import host_of, same_site

# What is looked at apart in ``untouched``, each in a fresh profile: the role of its visits.
PARTS = ("scroll", "layers", "phone")
BANNER_WAIT = 5.0  # seconds, at most, that a banner is waited for on a profile's first page
MAX_LOST_PROFILES = 4
PATIENCE = 2.0  # seconds that a request is waited for on a page, when another one showed it and nobody answered
MAX_PATIENCE = 4  # pages of a profile that are waited for in vain
HELD = 5  # visits around a choice that are written together, when it is known whether the choice was remembered

PageRole = tuple[str, str]
Pages = list[PageRole]


def asking_page(run: Run) -> str:
    """Address of the first page that asked for consent while untouched, "" when none did."""
    for visit in run.fetch(Visit, scenario="untouched", outcome="ok", viewport="desktop"):
        if any(ui.present for ui in run.fetch(ConsentUi, visit=visit.id)):
            return visit.url
    return ""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be looked at: a scenario, and the part of it that is looked at apart."""

    run: Run
    config: Config
    secrets: Secrets
    progress: Progress
    scenario: str
    home: str
    part: str = ""

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.scenario, self.part)))


class Held:
    """The first visits of a profile, held back until it is known what became of the choice that was made in them."""

    def __init__(self, work: Work, frame: Frame) -> None:
        self._work, self._frame = work, frame
        self._drafts: list[Draft] | None = []

    def write(self, draft: Draft) -> None:
        if self._drafts is None:
            self._work.write(draft, self._frame)
            return
        self._drafts.append(draft)
        if len(self._drafts) >= HELD:
            self.release()

    def release(self) -> None:
        drafts, self._drafts = self._drafts, None
        for draft in drafts or ():
            self._work.write(draft, self._frame)


class Work:
    """A task in hand: the browser, the profile that is open in it, and how far it got."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._browser: tuple[Playwright, Chromium] | None = None
        run, config = task.run, task.config
        self.run, self.home = run, task.home
        start = run.noted("start_url") or config.shop or task.home
        self.origin = start if same_site(start, config.shop or start) else config.shop
        self.own_hosts = frozenset([host_of(self.origin), host_of(config.shop), *config.crawl.hosts]) - {""}
        names = {visit.profile for visit in run.fetch(Visit, scenario=task.scenario)}
        self.profiles = len([name for name in names if name.rpartition("-")[0] == task.name])
        self.order = 0
        self.done = self.total = 0
        self._first_wait = self._longest_wait()
        self.banner_wait: float | None = None  # seconds; None before a page of the profile was seen
        self._asked = False  # a page of the profile showed a request
        self._patience = MAX_PATIENCE
        self.at: PageRole = (task.home, "home")
        self._losses: Counter[PageRole] = Counter()

    def _longest_wait(self) -> float:
        """Seconds for a banner to come: none where nobody was asked for consent while untouched."""
        untouched = self.task.scenario == "untouched" and not self.task.part
        if not untouched and self.looked_in_vain():
            return 0.0
        return min(BANNER_WAIT, self.task.config.visits.settle_limit)

    def looked_in_vain(self) -> bool:
        """Whether pages were visited untouched, and none asked for consent."""
        return bool(self.run.count(Visit, scenario="untouched", outcome="ok")) and not asking_page(self.run)

    def use(self, playwright: Playwright, chromium: Chromium) -> None:
        """Open profiles in this browser from now on."""
        self._browser = playwright, chromium

    @asynccontextmanager
    async def profile(self) -> AsyncIterator[tuple[Visitor, Frame]]:
        """A fresh profile, and the frame of its visits' records."""
        assert self._browser is not None, "use() names the browser"
        (playwright, chromium), task, config = self._browser, self.task, self.task.config
        self.profiles += 1
        self.order = 0
        self.banner_wait, self._asked, self._patience = None, False, MAX_PATIENCE
        parts = urlsplit(self.origin)
        cookies = [{"name": n, "value": v, "url": f"{parts.scheme}://{parts.netloc}/"} for n, v in task.secrets.cookies]
        headers = Credentials(self.own_hosts, _headers(task.secrets), secure=parts.scheme == "https")
        phone = task.part == "phone"
        opening = fresh_profile(
            playwright,
            chromium.path,
            config,
            user_agent=f"{chromium.user_agent} {user_agent(config)}",
            cookies=cookies,
            phone=phone,
        )
        screen = PHONE_SCREEN if phone else (config.visits.width, config.visits.height)
        async with opening as context:
            visitor = Visitor(context, config.visits, headers, screen=screen, gpc=task.scenario == "gpc")
            try:
                yield visitor, self._frame(self.profiles)
            finally:
                await visitor.close()

    def _frame(self, number: int) -> Frame:
        return Frame(
            run=self.run,
            shop=self.origin,
            scenario=self.task.scenario,
            profile=f"{self.task.name}-{number}",
            own_hosts=self.own_hosts,
            planted=frozenset(self.task.secrets.cookies),
            viewport="phone" if self.task.part == "phone" else "desktop",
        )

    async def go(self, visitor: Visitor, order: Order) -> Draft:
        """Carry out an order; what it shows of the banner's delay is learnt."""
        self.at = (order.url, order.role)
        wait = self._first_wait if self.banner_wait is None else self.banner_wait
        patient = self._asked and self._patience > 0 and self.task.scenario == "untouched"
        draft = await visitor.visit(dataclasses.replace(order, banner_wait=max(wait, PATIENCE) if patient else wait))
        if not draft.failure:
            self.banner_wait = max(banner_delay(draft), self.banner_wait or 0.0)
            self._asked = self._asked or draft.banner is not None
            self._patience -= patient and draft.banner is None
        return draft

    @contextmanager
    def holding(self, frame: Frame) -> Iterator[Held]:
        held = Held(self, frame)
        try:
            yield held
        finally:
            held.release()

    def write(self, draft: Draft, frame: Frame) -> None:
        write(draft, frame, self.order)
        self.order += 1
        self.done += 1
        self.task.progress.visits(self.done, max(self.total, self.done), self.task.name, draft.url)

    def fail(self, page: PageRole, reason: str) -> None:
        """Record a page that could not be visited at all."""
        write(Draft(*page, Clock(0.0), failure=reason), self._frame(self.profiles + 1), 0)
        self.done += 1

    def lose(self, left: Pages, error: ProfileLost, *, most: int = MAX_LOST_PROFILES) -> None:
        """A page ended the browser: it is tried once more in a fresh profile, then it is failed; at last all are."""
        self._losses[self.at] += 1
        again = [self.at] if self._losses[self.at] > 1 else []
        for page in list(left) if self._losses.total() >= most else again:
            self.fail(page, str(error))
            if page in left:
                left.remove(page)


def banner_delay(draft: Draft) -> float:
    """Seconds after which a banner like this visit's is not to be expected any more; 0 where it was there at once."""
    return draft.banner_at + 1.0 if draft.banner and draft.banner_at else 0.0


def _headers(secrets: Secrets) -> dict[str, str]:
    """The headers that carry a staging shop's credentials; its cookies lie in the jar."""
    headers = dict(secrets.headers)
    if secrets.basic_auth:
        headers["Authorization"] = "Basic " + base64.b64encode(secrets.basic_auth.encode()).decode("ascii")
    return headers
