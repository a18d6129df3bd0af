"""The real rules and reports, over the stand-in shop."""

import csv
import html
import json

import pytest
from click.testing import CliRunner

from auditor import shelves
from auditor.cli import main

SHOP = "http://shop.example/"


@pytest.fixture
def real(here, stand_ins, monkeypatch):
    def call(*arguments, ends="well", pages=3):
        monkeypatch.setattr(shelves, "spiders", lambda: stand_ins.Shop(ends, pages))
        return CliRunner().invoke(main, arguments)

    return call


def test_every_rule_has_exactly_one_result_and_every_report_is_written(real, here):
    result = real("run", SHOP, "--out", "run", "--profile", "eu,kr")
    assert not (here / "run" / "crash.log").exists(), (here / "run" / "crash.log").read_text()
    assert result.exit_code in (1, 2)
    rules = [one["rule"] for one in json.loads((here / "run" / "results.json").read_text())["results"]]
    listed = [one["id"] for one in json.loads(real("rules", "--format", "json").stdout)]
    assert rules == listed
    assert result.stdout.splitlines()[0] in html.unescape((here / "run" / "report.html").read_text())


def test_a_run_of_a_shop_that_is_down_is_reported_in_every_format(real, here):
    result = real("run", SHOP, "--out", "run", ends="down", pages=0)
    assert result.exit_code == 2
    assert "not written" not in result.output
    assert "connection refused" in (here / "run" / "report.html").read_text()


def test_the_gates_own_findings_are_in_the_reports(real, here):
    (here / "waivers.toml").write_text(
        "[[waiver]]\nrule = 'no-such-rule'\nsubject = 'x'\nreason = 'r'\nowner = 'o'\nexpires = 2020-01-01\n"
    )
    real("run", SHOP, "--out", "run", "--waivers", "waivers.toml")
    with open("run/findings.csv", encoding="utf-8", newline="") as file:
        rows = {row["rule"]: row for row in csv.DictReader(file)}
    assert rows["waiver-expired"]["subject"] == "no-such-rule: x"
    assert "waiver-expired" in (here / "run" / "report.html").read_text()
