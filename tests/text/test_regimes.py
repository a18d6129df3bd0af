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


def state(rule: str, html: str, language: str) -> tuple[str, str]:
    """What a rule says of a page, and the clause that it quotes."""
    page = Reading(html, markup=True, kind=shelves.rules()[rule].kinds[0], language=language)
    found = shelves.rules()[rule].item(page.page)
    return found.state, page.quote(found.start, found.end)


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        ("<table><tr><th>販売業者</th><td>株式会社こもれび文具</td></tr></table>", "販売業者 株式会社こもれび文具"),
        ("<dl><dt>販売業者</dt><dd>株式会社こもれび文具</dd></dl>", "販売業者 株式会社こもれび文具"),
        ("<h2>販売業者</h2><p>株式会社こもれび文具</p>", "株式会社こもれび文具"),
        ("<p><b>販売業者</b><br>株式会社こもれび文具</p>", "株式会社こもれび文具"),
        ("<h4>販売業者：株式会社こもれび文具</h4><p>…</p>", "販売業者：株式会社こもれび文具"),
        ("<p>販売業者：</p><p>株式会社こもれび文具</p>", "販売業者： 株式会社こもれび文具"),
    ],
)
def test_a_label_and_its_value_belong_together(html, quote):
    assert state("seller-name-missing", html, "ja") == ("present", quote)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><th>販売業者</th><td></td></tr></table>",
        "<h2>販売業者</h2>",
        "<p>販売業者：準備中</p>",
        "<p>販売業者：○○○○</p>",
    ],
)
def test_a_label_without_a_value_says_nothing(html):
    assert state("seller-name-missing", html, "ja")[0] != "present"


def test_the_list_below_a_clause_is_quoted_with_it():
    html = "<h2>Keeping</h2><p>We keep the following:</p><ul><li>Orders for seven years</li><li>Logs for a month</li></ul><p>Bye.</p>"
    assert state("us-ca-retention-missing", f"{html}", "en")[1].endswith(("Logs for a month", "Orders for seven years"))


def test_a_clause_below_its_own_heading_comes_first():
    html = "<h2>Security</h2><p>We keep data for a year.</p><h2>Retention</h2><p>Orders are kept for seven years.</p>"
    assert state("us-ca-retention-missing", html, "en") == ("present", "Orders are kept for seven years.")


def test_the_first_row_of_a_table_names_its_columns():
    html = "<table><tr><th>구분</th><th>보유기간</th></tr><tr><td>주문</td><td>배송 완료 시까지</td></tr></table>"
    assert state("kr-retention-missing", html, "ko") == ("present", "주문 배송 완료 시까지")


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href='#7'>We keep your data for seven years</a></li></ul>",
        "<h2>Data are kept for seven years</h2>",
        "<p>Are data kept for seven years?</p>",
        "<p>We keep data for ___ years.</p>",
        "<footer><p>We keep your data for seven years.</p></footer>",
    ],
)
def test_what_is_no_clause_says_nothing(html):
    page = f"<main><p>Thank you for reading this page about privacy and what becomes of it all.</p></main>{html}"
    assert state("us-ca-retention-missing", page, "en")[0] != "present"


def test_a_sole_trader_is_named_without_a_legal_form():
    html = "<h1>Impressum</h1><h2>Angaben gemäß § 5 DDG</h2><p>Jonas Weidner<br>Holz &amp; Faden<br>Hafenstr. 9<br>24103 Kiel</p>"
    assert state("imprint-name-missing", html, "de") == ("present", "Jonas Weidner")
    assert state("imprint-register-missing", html, "de")[0] == "not-applicable"


def test_what_follows_a_colon_is_quoted_with_it():
    html = "<h3>Édition du site</h3><p>Le présent site, ouvert à tous les curieux, est édité par :</p><p>Camille Rousset, à Rennes</p>"
    assert state("mentions-publisher-missing", html, "fr")[1].endswith("est édité par : Camille Rousset, à Rennes")


def test_the_host_is_not_the_publisher():
    html = "<p>Camille Rousset, entrepreneur individuel</p><h3>Hébergement</h3><p>Nuage Breton SARL, 12 quai de la Fosse, 44000 Nantes</p>"
    assert state("mentions-capital-missing", f"{html}", "fr")[0] != "present"
    assert state("mentions-address-missing", html, "fr")[0] != "present"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<tr><td>한빛택배(주)</td><td>상품 배송</td></tr>", "present"),
        ("<tr><td>○○택배</td><td>____</td></tr>", "absent"),
        ("", "absent"),
    ],
)
def test_a_table_without_rows_says_nothing(rows, said):
    html = f"<h2>제6조 처리 업무</h2><table><tr><th>수탁자</th><th>위탁 업무</th></tr>{rows}</table><p>감사합니다.</p>"
    assert state("kr-outsourcing-missing", html, "ko")[0] in (said, "uncertain" if said == "absent" else said)
