"""Legal pages a second and core through all text rules, each page parsed anew: the demo shop's longest texts.

The baseline is Beautiful Soup's parsing and text of the same pages, in turns with the full reading.
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
    works: tuple[Callable[[], None], ...] = (lambda: _parse(pages), lambda: _read(pages, rules))
    costs: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for work, cost in zip(works, costs, strict=True):
            begun = time.process_time()
            work()
            if turn:  # the first turn reads the lexicons
                cost.append((time.process_time() - begun) / len(pages))
    bare, full = (median(cost) for cost in costs)
    characters = sum(len(html) for html, *_ in pages) // len(pages)
    print(f"{'parsed only':12}{1 / bare:8.0f} pages/s, {characters:,} characters each")
    print(f"{f'{len(rules)} text rules':12}{1 / full:8.0f} pages/s (aim: at least {AIM:.0f})")
    print(f"{'ratio':12}{full / bare:8.2f}")


def _pages() -> list[tuple[str, str, str]]:
    shop = Shop(frozenset(), Hosts(80))
    return [
        (shop.answer(Ask("GET", "shop", "http://shop", path)).body.decode(), path, kind) for path, kind in PATHS.items()
    ]


def _parse(pages: list[tuple[str, str, str]]) -> None:
    for html, *_ in pages:
        BeautifulSoup(html, "html.parser").get_text()


def _read(pages: list[tuple[str, str, str]], rules: list[Rule]) -> None:
    for html, path, kind in pages:
        reading = Reading(html, markup=True, url=f"https://www.fernhill-supply.shop{path}", kind=kind)
        for _ in (*reading.passages(rules), *reading.items(rules)):
            pass
