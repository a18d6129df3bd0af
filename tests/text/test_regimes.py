"""Whole texts of our own for each regime: every item is found at the clause that says it, and nowhere when that is gone.

In ``regimes/REGIME.LANGUAGE.html`` an element marked ``data-says="rule-id …"`` says an item; ``data-else`` is what is told when
it is taken out, where that is not ``absent``.
"""

import re
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from auditor import shelves
from auditor.reading import Reading

PAGES = sorted((Path(__file__).parent / "regimes").glob("*.html"))
KINDS = {"imprint": "imprint", "imprint-fr": "imprint", "seller": "seller"}
PREFIXES = {"imprint-fr": "mentions"}


def regime(path: Path) -> str:
    return path.name.partition(".")[0]


def marked(path: Path) -> list[str]:
    return sorted({rule for element in _soup(path).select("[data-says]") for rule in element["data-says"].split()})


def reading(path: Path, source: str) -> Reading:
    return Reading(source, kind=KINDS.get(regime(path), "privacy"), language=path.name.split(".")[1], markup=True)


def item(path: Path, rule: str, source: str):
    return shelves.rules()[rule].item(reading(path, source).page)


def without(path: Path, rule: str, instead: str = "") -> str:
    soup = _soup(path)
    for element in soup.select(f'[data-says~="{rule}"]'):
        element.clear()
        element.append(instead)
    return str(soup)


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


SAID = [(path, rule) for path in PAGES for rule in marked(path)]
IDS = [f"{path.stem}: {rule}" for path, rule in SAID]


@pytest.mark.parametrize(("path", "rule"), SAID, ids=IDS)
def test_an_item_is_found_at_its_clause(path, rule):
    page = reading(path, path.read_text(encoding="utf-8"))
    found = shelves.rules()[rule].item(page.page)
    clauses = " ".join(element.get_text(" ") for element in _soup(path).select(f'[data-says~="{rule}"]'))
    assert found.state == "present"
    assert _letters(page.quote(found.start, found.end))[:10] in _letters(clauses)


@pytest.mark.parametrize(("path", "rule"), SAID, ids=IDS)
def test_a_text_without_the_clause_does_not_say_it(path, rule):
    instead = {element.get("data-else", "absent") for element in _soup(path).select(f'[data-says~="{rule}"]')}
    assert item(path, rule, without(path, rule)).state in instead


@pytest.mark.parametrize(("path", "rule"), SAID, ids=IDS)
def test_a_placeholder_says_nothing(path, rule):
    assert item(path, rule, without(path, rule, "[insert text here]")).state != "present"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_text_has_every_item_of_its_regime(path):
    prefix = PREFIXES.get(regime(path), regime(path))
    rules = {
        rule.id for rule in shelves.rules().values() if rule.family == "regimes" and rule.id.startswith(f"{prefix}-")
    }
    assert rules == set(marked(path))


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


CLAUSES = tomllib.loads((Path(__file__).parent / "regimes" / "clauses.toml").read_text(encoding="utf-8"))
WORDINGS = [
    (rule, language, clause, state)
    for rule, states in CLAUSES.items()
    for state, languages in states.items()
    for language, clauses in languages.items()
    for clause in clauses
]


@pytest.mark.parametrize(("rule", "language", "clause", "state"), WORDINGS)
def test_a_clause_is_known_however_it_is_worded(rule, language, clause, state):
    page = Reading(clause, markup=False, kind=shelves.rules()[rule].kinds[0], language=language).page
    assert (shelves.rules()[rule].item(page).state == "present") == (state == "said")


def test_every_rule_has_wordings():
    assert set(CLAUSES) == {rule.id for rule in shelves.rules().values() if rule.family == "regimes"}
