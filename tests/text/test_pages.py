"""Whole legal pages of our own writing: the clean ones are silent, a single fault in one is told once and at its place."""

import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGES = sorted((HERE / "pages").glob("*.html"))
TWINS = tomllib.loads((HERE / "twins.toml").read_text(encoding="utf-8"))["twin"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_clean_page_is_silent(path, legal_page, told):
    assert told(legal_page(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_language_is_told(path, legal_page):
    page = legal_page(path.read_text(encoding="utf-8").replace("<html lang=", "<html data-lang="))
    assert page.language == path.stem.split("-")[0]


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: f"{twin['page']}: {twin['quote']}")
def test_a_single_fault_is_told_once_at_its_place(twin, legal_page, told):
    html = (HERE / "pages" / f"{twin['page']}.html").read_text(encoding="utf-8")
    assert html.count(twin["find"]) == 1, "the change must be possible, and at one place"
    found = told(legal_page(html.replace(twin["find"], twin["put"])))
    assert [(rule, certain) for rule, _, certain in found] == [(twin["rule"], True)], found
    told, wanted = found[0][1], twin["quote"]
    assert wanted in told or told in wanted or _overlap(told, wanted) >= len(wanted) // 2, found


def _overlap(one: str, other: str) -> int:
    """Length of the longest end of one text that begins the other."""
    sizes = range(min(len(one), len(other)), 0, -1)
    return next((n for n in sizes if one.endswith(other[:n]) or other.endswith(one[:n])), 0)
