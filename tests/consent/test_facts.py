"""The scripts that make the tables of facts, and the tables that they made."""

import importlib.util
from pathlib import Path

import pytest

from auditor.cookies import DATA, read_table

PACKAGING = Path(__file__).parents[2] / "packaging"


def script(name):
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(name, category="Analytics", domain="", wildcard="0", retention="1 year", vendor="Somebody"):
    return {
        "Cookie / Data Key name": name,
        "Category": category,
        "Domain": domain,
        "Wildcard match": wildcard,
        "Retention period": retention,
        "Data Controller": vendor,
        "Description": "A sentence that stays behind.",
    }


def test_facts_of_cookies():
    rows = [
        row(" a_b "),
        row("pre_", wildcard="1"),
        row("uid", "Marketing", ".Ads.Example.com (3rd party)"),
        row("x", "Security"),
        row("ut", ""),
        row("a/%INTEGER%"),
        row("a_b"),
    ]
    assert list(script("cookie_facts").facts(rows)) == [
        ("a_b", "analytics", "Somebody", "", "1 year"),
        ("pre_*", "analytics", "Somebody", "", "1 year"),
        ("uid", "marketing", "Somebody", "ads.example.com", "1 year"),
        ("x", "necessary", "Somebody", "", "1 year"),
    ]


def test_facts_of_hosts():
    entities = [
        {"name": "B  Co", "category": "ad", "domains": ["*.b.example", "b.example", "10.0.0.1"]},
        {"name": "A", "category": "ad", "domains": ["a.example"]},
        {"name": "Nobody", "category": "other", "domains": []},
    ]
    assert list(script("host_facts").facts(entities)) == [("ad", "A", "a.example"), ("ad", "B Co", "b.example")]


@pytest.mark.parametrize(("file", "columns"), [("cookies.tsv", 5), ("hosts.tsv", 3)])
def test_tables_name_their_source_and_are_whole(file, columns):
    text = (DATA / file).read_text("utf-8")
    assert text.startswith("# Facts of ") and ("Apache-2.0" in text or "MIT" in text)
    rows = list(read_table(file))
    assert len(rows) > 2000 and {len(row) for row in rows} == {columns}
    assert len(text.encode()) < 300_000
