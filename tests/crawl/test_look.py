"""The whole of looking: crawl, visits, and back to the crawl for what only rendering showed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from shopserver import Shop, html

from auditor.config import Config, Crawl, Secrets, Visits
from auditor.model import Link, Page, Visit
from auditor.progress import Silent
from auditor.spiders import look
from auditor.store import Run


class Browser:
    """Stands in for the visits: renders on each page the links that ``renders(path)`` says, and remembers what it did."""

    def __init__(self, renders: Callable[[str], Iterable[str]] = lambda path: ()) -> None:
        self.renders = renders
        self.visited: list[tuple[str, str]] = []

    def choose_pages(self, run: Run, config: Config) -> list[tuple[str, str]]:
        assert all(page.template for page in run.fetch(Page, status=200, redirect_to="")), "pages are clustered first"
        return [(page.url, "news") for page in run.fetch(Page, status=200)]

    async def visit_scenario(self, run, config, secrets, progress, scenario, pages) -> None:
        done = {visit.url for visit in run.fetch(Visit, scenario=scenario)}
        for url, _ in pages:
            if url not in done:
                path = "/" + url.split("/", 3)[3]
                self.visited.append((scenario, path))
                links = tuple(Link(url=urljoin(url, to)) for to in self.renders(path))
                run.add_visit(Visit(url=url, scenario=scenario, links=links), ())

    async def visit_scenarios(self, run, config, secrets, progress, scenarios, pages) -> None:
        for scenario in scenarios:
            await self.visit_scenario(run, config, secrets, progress, scenario, pages)


@pytest.fixture
def audit(tmp_path, monkeypatch):
    """``audit(shop, browser)``: look at a shop once more with one run."""
    run = Run.create(tmp_path / "run")

    def audit(shop: Shop, browser: Browser, **visits) -> Run:
        choice = types.SimpleNamespace(choose_pages=browser.choose_pages)
        visits_module = types.SimpleNamespace(
            visit_scenario=browser.visit_scenario, visit_scenarios=browser.visit_scenarios
        )
        monkeypatch.setitem(sys.modules, "auditor.spiders.choice", choice)
        monkeypatch.setitem(sys.modules, "auditor.spiders.visits", visits_module)
        config = Config(shop=shop.url, crawl=Crawl(robots=False, sitemaps=False), visits=Visits(**visits))
        asyncio.run(look(run, config, Secrets(), Silent()))
        return run

    yield audit
    run.close()


def paths(run: Run) -> dict[str, str]:
    return {"/" + page.url.split("/", 3)[3]: page.found_by for page in run.fetch(Page)}


def test_a_single_page_shop_is_crawled_through_rendered_links(audit):
    shell = "<div id=app></div>"
    pages = dict.fromkeys(("/", "/c/1", "/p/1", "/p/2"), shell)
    renders = {"/": ["/c/1", "/logout"], "/c/1": ["/p/1", "/p/2"], "/p/2": ["/"]}
    with Shop(pages) as shop:
        browser = Browser(lambda path: renders.get(path, ()))
        run = audit(shop, browser)
        assert paths(run) == {"/": "start", "/c/1": "visit", "/p/1": "visit", "/p/2": "visit"}
        assert next(run.fetch(Page, url=shop.at("/p/1"))).depth == 2
        assert "/logout" not in shop.targets()
        untouched = [path for scenario, path in browser.visited if scenario == "untouched"]
        assert sorted(untouched) == ["/", "/c/1", "/p/1", "/p/2"]  # the crawl fetches the last two side by side
        assert {scenario for scenario, _ in browser.visited} == {"untouched", "rejected", "accepted", "withdrawn"}


def test_pages_without_content_of_their_own_are_visited_though_they_were_not_chosen(audit):
    renders = {"/": ["/c/1", "/c/2"], "/c/1": ["/p/1"], "/c/2": ["/p/2"]}
    with Shop(dict.fromkeys(("/", "/c/1", "/c/2", "/p/1", "/p/2"), "<div id=app></div>")) as shop:
        browser = Browser(lambda path: renders.get(path, ()))
        browser.choose_pages = lambda run, config: [(shop.url, "home")]
        assert set(paths(audit(shop, browser))) == {"/", "/c/1", "/c/2", "/p/1", "/p/2"}
        assert ("rejected", "/c/1") not in browser.visited


def test_the_limit_of_visits_holds_for_them_too(audit):
    with Shop(otherwise="<div id=app></div>") as shop:
        browser = Browser(lambda path: [f"/{path.strip('/')}{n}" for n in range(9)] if len(path) < 3 else ())
        browser.choose_pages = lambda run, config: [(shop.url, "home")]
        audit(shop, browser, limit=4, scenarios=("untouched",))
        assert len(browser.visited) <= 4


def test_rendered_links_without_end_are_bounded(audit):
    with Shop(otherwise=html()) as shop:
        run = audit(shop, Browser(lambda path: [f"/next-{len(path)}-{path[-9:]}x"]), scenarios=("untouched",))
        assert 5 <= len(paths(run)) <= 10


def test_visits_are_left_out_when_told_so(audit):
    with Shop({"/": html()}) as shop:
        browser = Browser()
        audit(shop, browser, pages="none")
        assert browser.visited == []


def test_a_shop_in_trouble_is_not_visited(audit):
    with Shop() as shop:
        browser = Browser()
        run = audit(shop, browser)
        assert run.noted("crawl")["trouble"] and browser.visited == []


def test_looking_again_at_a_finished_run_asks_nothing(audit):
    with Shop({"/": html("/a"), "/a": html()}) as shop:
        browser = Browser()
        audit(shop, browser)
        asked, visited = len(shop.asked), len(browser.visited)
        audit(shop, browser)
        assert (len(shop.asked), len(browser.visited)) == (asked, visited)


def test_one_loop_may_look_at_two_shops_at_a_time(tmp_path):
    async def both() -> list[Run]:
        runs = [Run.create(tmp_path / name) for name in ("one", "two")]
        with Shop({"/": html("/a"), "/a": html()}) as one, Shop({"/": html("/b"), "/b": html()}) as two:
            configs = [Config(shop=shop.url, visits=Visits(pages="none")) for shop in (one, two)]
            await asyncio.gather(*(look(r, c, Secrets(), Silent()) for r, c in zip(runs, configs, strict=True)))
        return runs

    one, two = asyncio.run(both())
    assert set(paths(one)) == {"/", "/a"} and set(paths(two)) == {"/", "/b"}


def test_scrapy_knows_the_project():
    """``scrapy.cfg`` names the settings; the spider by itself says how it is run."""
    root = Path(__file__).parents[2]
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run([*scrapy, "list"], cwd=root, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == ["shop"]
    alone = subprocess.run([*scrapy, "crawl", "shop"], cwd=root, capture_output=True, text=True)
    assert "`auditor crawl URL` makes one" in alone.stdout + alone.stderr and alone.returncode != 0
