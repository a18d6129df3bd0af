"""One real Chromium for the tests of a module, and shops of a few lines on loopback."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext

from auditor.config import Config, Secrets, Visits
from auditor.progress import Silent
from auditor.site import Site
from auditor.spiders.browser import driver, fresh_profile, prove
from auditor.spiders.tab import Credentials, Tab
from auditor.spiders.visits import visit_scenario
from auditor.store import Run

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "shop")]

from shopserver import Shop

LIMITS = Visits(quiet=0.2, settle_limit=1.0, timeout=10.0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def context() -> AsyncIterator[BrowserContext]:
    """A browser with one fresh profile; tests keep apart by using hosts of their own."""
    async with driver() as playwright:
        chromium = await prove(playwright, Config())
        async with fresh_profile(playwright, chromium.path, Config(), user_agent=chromium.user_agent) as opened:
            yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tab(context: BrowserContext) -> AsyncIterator[Tab]:
    opened = await Tab.open(context, LIMITS, Credentials(frozenset(), {}))
    opened.begin()
    yield opened
    await opened.close()


@pytest.fixture
def shop(request: pytest.FixtureRequest) -> Iterator[Callable[..., Shop]]:
    """``shop(pages)`` serves pages on a host that no other test uses."""
    opened: list[Shop] = []

    def open_shop(pages: dict, **options: object) -> Shop:
        name = "".join(c if c.isalnum() else "-" for c in request.node.name.lower()).strip("-")[-50:].strip("-")
        options.setdefault("host", f"{name}{len(opened)}.localhost")
        opened.append(Shop(pages, **options).__enter__())
        return opened[-1]

    yield open_shop
    for server in opened:
        server.__exit__()


class Seen:
    """What visits left in a run."""

    def __init__(self, run: Run, config: Config) -> None:
        self.run, self.config = run, config

    @property
    def site(self) -> Site:
        return Site(self.run, self.config)

    def all(self, kind: type, scenario: str, phase: str | None = None) -> list:
        return list(self.site._in_scenario(kind, scenario, phase))


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Callable[..., Awaitable[Seen]]]:
    """``await visit(url, "untouched", "untouched/scroll", "rejected", paths=["/a"])``: real visits in fresh profiles."""
    made: list[Run] = []

    async def visit(
        url: str, *scenarios: str, paths: tuple[str, ...] = (), secrets: Secrets | None = None, **options: object
    ) -> Seen:
        run = Run.create(tmp_path / f"run-{len(made)}")
        made.append(run)
        run.note("start_url", url)
        visits = LIMITS.model_copy(update=options.pop("visits", {}))
        config = Config(shop=url, visits=visits, **options)
        pages = [(url, "home"), *((url.rstrip("/") + path, "template") for path in paths)]
        for name in scenarios or ("untouched",):
            scenario, _, part = name.partition("/")
            await visit_scenario(run, config, secrets or Secrets(), Silent(), scenario, pages, part)
        return Seen(run, config)

    yield visit
    for run in made:
        run.close()


@pytest_asyncio.fixture
async def tab_in_loop() -> AsyncIterator[Tab]:
    """A tab of a browser of its own, in the test's own loop."""
    async with driver() as playwright:
        chromium = await prove(playwright, Config())
        async with fresh_profile(playwright, chromium.path, Config()) as opened:
            tab = await Tab.open(opened, LIMITS, Credentials(frozenset(), {}))
            tab.begin()
            yield tab
            await tab.close()
