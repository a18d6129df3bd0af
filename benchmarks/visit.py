"""CPU of a visit with all of its evidence, as a ratio to a bare Playwright load of the same page in the same browser.

The page is a shop's: HTML, a stylesheet, three scripts, ten pictures, a consent banner, a cookie and a stored item. Two browsers
of one kind load it in turns, some loads each, in one tab, and wait the same quiet second. CPU is user and system time of
the browser, Playwright's driver and Python, from reading the page to writing the evidence. Left out is what a run pays once:
starting the browser, reading word lists. Read from ``/proc``, so Linux alone.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median

from playwright.async_api import BrowserContext, Page, async_playwright

from auditor.config import Config
from auditor.spiders.browser import fresh_profile, prove
from auditor.spiders.drafts import Frame, write
from auditor.spiders.tab import Credentials
from auditor.spiders.visitor import Order, Visitor
from auditor.store import Run

AIM = 1.3
LOADS = 5  # in one turn: a clock tick of 10 ms is nothing beside them
TICKS = os.sysconf("SC_CLK_TCK")


def main(turns: int = 8) -> None:
    """Print the costs and their ratio."""
    with tempfile.TemporaryDirectory() as folder, _shop(Path(folder)) as (url, server):
        costs = asyncio.run(_measured(url, turns, server, Path(folder) / "run"))
    bare, full = (median(cost) for cost in costs)
    for name, cost in (("bare load", bare), ("full visit", full)):
        print(f"{name:12}{turns * LOADS:7} loads{1000 * cost / LOADS:9.0f} ms CPU a load")
    print(f"{'ratio':12}{full / bare:29.2f} (aim: at most {AIM})")


async def _measured(url: str, turns: int, server: int, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds of CPU of each turn, bare and full."""
    costs: tuple[list[float], list[float]] = ([], [])
    async with _browser() as bare, _browser() as full:
        with Run.create(folder) as run:
            works = (_loader(url, await bare.new_page()), _visitor(url, full, run))
            for turn in range(turns + 1):
                for work, cost in zip(works, costs, strict=True):
                    before = _cpu(server)
                    for _ in range(LOADS):
                        await work()
                    if turn:  # the first turn fills the caches
                        cost.append(_cpu(server) - before)
    return costs


def _loader(url: str, page: Page) -> Callable[[], Awaitable[None]]:
    quiet = 1000 * Config().visits.quiet

    async def load() -> None:
        await page.goto(url)
        await page.wait_for_timeout(quiet)

    return load


def _visitor(url: str, context: BrowserContext, run: Run) -> Callable[[], Awaitable[None]]:
    limits = Config().visits
    screen = (limits.width, limits.height)
    visitor = Visitor(context, limits, Credentials(frozenset(), {}), screen=screen)
    frame = Frame(run, url, "untouched", "untouched-1", frozenset(), frozenset())
    orders = itertools.count()

    async def visit() -> None:
        draft = await visitor.visit(Order(url, "home"))
        if draft.failure or draft.lost or draft.banner is None:
            raise SystemExit(f"the visit is not whole: {draft.failure or draft.lost or 'no banner was seen'}")
        write(draft, frame, next(orders))

    return visit


@asynccontextmanager
async def _browser() -> AsyncIterator[BrowserContext]:
    async with async_playwright() as playwright:
        chromium = await prove(playwright, Config())
        async with fresh_profile(playwright, chromium.path, Config(), user_agent=chromium.user_agent) as context:
            yield context


# --- CPU --------------------------------------------------------------------------------------------------------


def _cpu(left_out: int) -> float:
    """Seconds of CPU of this process and all below it, those that ended included; one process is left out."""
    parents = {pid: stat for pid in _pids() if (stat := _stat(pid))}
    mine = {os.getpid()}
    for _ in range(len(parents)):
        more = {pid for pid, (parent, _) in parents.items() if parent in mine and pid not in mine}
        if not more:
            break
        mine |= more
    return sum(parents[pid][1] for pid in mine - {left_out})


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _stat(pid: int) -> tuple[int, float] | None:
    """Parent and seconds of CPU, of ended children too (proc_pid_stat(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), sum(int(field) for field in fields[11:15]) / TICKS


# --- the page ---------------------------------------------------------------------------------------------------


@contextmanager
def _shop(folder: Path) -> Iterator[tuple[str, int]]:
    """The page's address, served by a process of its own, and that process's id."""
    site = folder / "site"
    site.mkdir()
    _write_page(site)
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            port = re.search(r"port (\d+)", server.stdout.readline())[1]
            yield f"http://bench-shop.localhost:{port}/", server.pid
        finally:
            server.terminate()


def _write_page(site: Path) -> None:
    cards = "".join(
        f'<li><a href="/product/{n}"><h3>Lamp number {n}</h3><p>A lamp for writing, {n} watts.</p></a></li>'
        for n in range(120)
    )
    scripts = "".join(f"<script src=script{n}.js></script>" for n in range(3))
    pictures = "".join(f"<img src=picture{n}.svg width=200 height=120>" for n in range(10))
    banner = (
        '<div style="position:fixed;left:0;right:0;bottom:0;background:#fff;padding:20px"><p>We use cookies to measure traffic.</p>'
        "<button>Accept all</button><button>Reject all</button><button>Settings</button></div>"
    )
    (site / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lamps</title><link rel="stylesheet" href="style.css">'
        f"</head><body><main><h1>Lamps</h1>{pictures}<ul>{cards}</ul></main><footer><a href=/privacy>Privacy policy</a></footer>"
        f"{banner}{scripts}</body></html>"
    )
    (site / "style.css").write_text("".join(f".c{n} {{ margin: {n}px; color: #{n:03x} }}\n" for n in range(600)))
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 12'><rect width='20' height='12' fill='#{:03x}'/></svg>"
    for n in range(10):
        (site / f"picture{n}.svg").write_text(picture.format(n * 99))
    work = (
        "const table = {{}}; for (let i = 0; i < 40000; i++) table['k' + i % 500] = (table['k' + i % 500] || 0) + i;\n"
    )
    for n in range(3):
        padding = "".join(f"function helper{n}_{i}(a) {{ return a * {i} + table['k{i}']; }}\n" for i in range(500))
        store = f"document.cookie = 'seen{n}=1; max-age=900'; localStorage.setItem('item{n}', 'value');\n"
        (site / f"script{n}.js").write_text(f"(() => {{ {work.format()}{padding}{store} }})();")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=8)
    main(parser.parse_args().turns)
