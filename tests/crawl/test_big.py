"""A large shop: memory that does not grow, and a crawl that survives ``kill -9`` at any moment."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bigshop import BigShop

from auditor.model import Page
from auditor.store import Run

SHOP = Path(__file__).parents[1] / "shop"
GROWTH = 6_000  # kB that caches and the allocator may still take after the first thousand pages
SECONDS = 60  # of CPU
PRODUCTS = 1200  # enough for a crawl to be far from its end when the signal arrives


@pytest.fixture
def served():
    """``served(products)``: the address of a generated shop in a process of its own."""
    servers = []

    def serve(products: int) -> str:
        command = [sys.executable, str(SHOP / "bigshop.py"), "--products", str(products)]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        servers.append(server)
        return server.stdout.readline().strip()

    yield serve
    for server in servers:
        server.communicate()


def crawler(url: str, folder: Path, every: int, **options) -> subprocess.Popen:
    command = [sys.executable, str(SHOP / "crawlprocess.py"), url, str(folder), str(every), json.dumps(options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def paths(run: Run) -> Counter[str]:
    return Counter("/" + page.url.split("/", 3)[3] for page in run.fetch(Page))


@pytest.mark.xdist_group("big")
def test_memory_does_not_grow_with_the_number_of_pages(served, tmp_path):
    url = served(5000)
    with crawler(url, tmp_path / "run", 250) as process:
        lines = process.stdout.read().splitlines()
    *told, end = lines
    memory = {int(pages): int(kilobytes) for pages, kilobytes in (line.split() for line in told)}
    outcome = json.loads(end.partition(" ")[2])
    assert outcome["pages"] == len(BigShop(5000).paths()) and outcome["ended"] == "complete"
    after_the_first = [kilobytes for pages, kilobytes in memory.items() if pages > 1000]
    assert max(after_the_first) - memory[1000] < GROWTH
    assert outcome["cpu"] < SECONDS
    with Run.open(tmp_path / "run") as run:
        templates = {(page.shape, page.template) for page in run.fetch(Page)}
    assert {("/product/*", "/product/*"), ("/category/*", "/category/*"), ("/blog/*", "/blog/*")} <= templates
    assert {template for shape, template in templates if shape == "/product/*"} == {"/product/*"}


@pytest.mark.xdist_group("big")
def test_killed_in_the_middle_no_page_is_lost_and_none_comes_twice(served, tmp_path):
    url = served(PRODUCTS)
    folder = tmp_path / "run"
    for pages in (40, 150, 300):
        with crawler(url, folder, 1) as process:
            for line in process.stdout:
                if int(line.split()[0]) >= pages:
                    process.send_signal(signal.SIGKILL)
                    break
            process.stdout.read()
        assert process.returncode == -signal.SIGKILL
        with Run.open(folder) as run:
            assert pages <= sum(paths(run).values()) < len(BigShop(PRODUCTS).paths())
    with crawler(url, folder, 1_000_000) as process:
        assert json.loads(process.stdout.read().partition(" ")[2])["ended"] == "complete"
    with Run.open(folder) as run:
        found = paths(run)
        assert set(found) == BigShop(PRODUCTS).paths()
        assert set(found.values()) == {1}
        assert run.frontier_counts()["taken"] == run.frontier_counts()["queued"] == 0


@pytest.mark.xdist_group("big")
def test_stopped_by_ctrl_c_the_run_goes_on(served, tmp_path):
    url = served(PRODUCTS)
    with crawler(url, tmp_path / "run", 1) as process:
        for line in process.stdout:
            if int(line.split()[0]) >= 60:
                process.send_signal(signal.SIGINT)
                break
        process.stdout.read()
    with Run.open(tmp_path / "run") as run:
        assert run.noted("crawl")["ended"] == "stopped" and not run.noted("crawl")["trouble"]
    with crawler(url, tmp_path / "run", 1_000_000) as process:
        assert json.loads(process.stdout.read().partition(" ")[2])["ended"] == "complete"
    with Run.open(tmp_path / "run") as run:
        assert set(paths(run)) == BigShop(PRODUCTS).paths()
