"""Legal pages a second and core through all text rules: the demo shop's longest texts.

Two speeds: of the rules alone, on pages that are read, and of everything from the markup on, as ``auditor text`` does it. The baseline is
Beautiful Soup's parsing and text of the same pages, in turns with the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from bs4 import BeautifulSoup

from auditor import shelves
from auditor.demo.messages import Ask, Hosts
from auditor.demo.shop import Shop
from auditor.reading import Reading
from auditor.shelves import Rule

AIM = 50.0  # pages a second
PATHS = {"/privacy": "privacy", "/cookies": "cookies", "/terms": "terms", "/de/datenschutz": "privacy"}


def main(turns: int = 7) -> None:
    """Print both speeds and their ratio."""
    pages = _pages()
    rules = [rule for rule in shelves.rules().values() if rule.look or rule.item]
    costs: dict[str, list[float]] = {"parsed only": [], "from markup": [], "rules alone": []}
    for turn in range(turns + 1):
        readings = [_reading(page) for page in pages]
        works: dict[str, Callable[[], None]] = {
            "parsed only": lambda: _parse(pages),
            "from markup": lambda: _judge([_reading(page) for page in pages], rules),
            "rules alone": lambda readings=readings: _judge(readings, rules),
        }
        for name, work in works.items():
            begun = time.process_time()
            work()
            if turn:  # the first turn reads the lexicons
                costs[name].append((time.process_time() - begun) / len(pages))
    speeds = {name: 1 / median(cost) for name, cost in costs.items()}
    print(f"legal pages of {sum(len(html) for html, *_ in pages) // len(pages):,} characters, {len(rules)} text rules")
    for name, speed in speeds.items():
        aim = f" (aim: at least {AIM:.0f})" if name == "rules alone" else ""
        print(f"{name:12}{speed:8.0f} pages/s{aim}")
    print(f"{'ratio':12}{speeds['parsed only'] / speeds['from markup']:8.2f} of everything to parsing")


def _pages() -> list[tuple[str, str, str]]:
    shop = Shop(frozenset(), Hosts(80))
    return [
        (shop.answer(Ask("GET", "shop", "http://shop", path)).body.decode(), path, kind) for path, kind in PATHS.items()
    ]


def _parse(pages: list[tuple[str, str, str]]) -> None:
    for html, *_ in pages:
        BeautifulSoup(html, "html.parser").get_text()


def _reading(page: tuple[str, str, str]) -> Reading:
    html, path, kind = page
    return Reading(html, markup=True, url=f"https://www.fernhill-supply.shop{path}", kind=kind)


def _judge(readings: list[Reading], rules: list[Rule]) -> None:
    for reading in readings:
        for _ in (*reading.passages(rules), *reading.items(rules)):
            pass
