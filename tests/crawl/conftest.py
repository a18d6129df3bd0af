"""Real crawls of real servers on loopback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.config import Config, Crawl, Secrets, Visits
from auditor.model import Page
from auditor.progress import Silent
from auditor.site import Site
from auditor.spiders import look
from auditor.store import Run

sys.path.append(str(Path(__file__).parents[1] / "shop"))


class Crawled:
    """What a crawl left behind, by path and query."""

    def __init__(self, run: Run, config: Config) -> None:
        self.run = run
        self.site = Site(run, config)
        self.outcome = run.noted("crawl")
        self.start_url = run.noted("start_url")

    def __getitem__(self, path: str) -> Page:
        return self.by_path()[path]

    def by_path(self) -> dict[str, Page]:
        return {page.url.split("/", 3)[3].join(("/", "")): page for page in self.run.fetch(Page)}

    @property
    def paths(self) -> set[str]:
        return set(self.by_path())


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Crawled]:
    """``crawl(url, max_pages=3)``: crawl without visits; options of Config are given in ``top``."""
    made: list[Run] = []

    def crawl(
        url: str, *, top: dict[str, Any] | None = None, secrets: Secrets | None = None, **options: Any
    ) -> Crawled:
        run = Run.create(tmp_path / f"run-{len(made)}")
        made.append(run)
        config = Config(shop=url, crawl=Crawl(**options), visits=Visits(pages="none"), **(top or {}))
        asyncio.run(look(run, config, secrets or Secrets(), Silent()))
        return Crawled(run, config)

    yield crawl
    for run in made:
        run.close()
