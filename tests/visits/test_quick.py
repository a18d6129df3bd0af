"""Nothing is waited for but quiet: a page that has settled is looked at at once."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter

import pytest
from banners import bar, buttons, page

from auditor.config import Secrets
from auditor.progress import Silent
from auditor.spiders.visits import visit_scenario

pytestmark = pytest.mark.xdist_group("quick")

QUIET = 0.5
PATHS = ("/1", "/2", "/3", "/4")
# What waits for something to happen: the load event and a quiet network, the last requests of a page that is left, a press's effect.
CONDITIONS = {"settle", "leave", "_gone", "_wheel"}


@pytest.fixture
def slept(monkeypatch) -> Counter[str]:
    """Function of the project -> seconds that it slept for."""
    found: Counter[str] = Counter()
    sleep = asyncio.sleep

    async def counting(seconds: float, *rest: object) -> None:
        caller = sys._getframe(1)
        if "auditor" in caller.f_globals.get("__name__", ""):
            found[caller.f_code.co_name] += seconds
        await sleep(seconds, *rest)

    monkeypatch.setattr(asyncio, "sleep", counting)
    return found


async def visited(visit, shop, body: str, *scenarios: str):
    server = shop(dict.fromkeys(("/", *PATHS), body), otherwise="")
    return await visit(server.url, *scenarios, paths=PATHS, visits={"quiet": QUIET, "settle_limit": 4.0})


async def test_five_pages_take_five_quiet_periods(visit, shop, slept):
    seen = await visited(visit, shop, page(bar(buttons())), "untouched")
    durations = [v.duration for v in seen.site.visits_in("untouched")]
    assert len(durations) == 5 and set(slept) <= {"settle", "leave"}
    # Each quiet period is slept through once, and a little of it again when something loads late.
    assert 5 * QUIET * 0.8 < slept["settle"] < 5 * QUIET + sum(durations) / 2


async def test_only_effects_are_waited_for_after_a_press(visit, shop, slept):
    seen = await visited(visit, shop, page(bar(buttons())), "untouched", "rejected", "untouched/scroll")
    assert seen.site.scenario_state("rejected").state == "ok"
    assert set(slept) <= CONDITIONS
    assert slept["_gone"] < 1.5


async def test_a_banner_that_nobody_saw_is_not_waited_for_again(visit, shop, slept):
    seen = await visited(visit, shop, page(""), "untouched")
    assert slept["_see_banner"] > 2, "once, for one that comes late"
    slept.clear()
    pages = [(v.url, v.role) for v in seen.site.visits_in("untouched")]
    for scenario in ("rejected", "accepted", "withdrawn", "gpc"):
        await visit_scenario(seen.run, seen.config, Secrets(), Silent(), scenario, pages)
    assert len(seen.site.visits_in("rejected")) == 4 and set(slept) <= {"settle", "leave"}
