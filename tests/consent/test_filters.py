"""Filter lists of the shop's owner: what they name counts as tracking."""

from __future__ import annotations

import sys

import pytest

from auditor.config import ConfigError, build
from auditor.filters import Filters
from auditor.model import Request
from auditor.testing import run_case

LIST = """! a list of our own
||counting-house.example^$third-party
/pixel-of-ours.
@@||counting-house.example/fair/
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "ours.txt"
    path.write_text(LIST)
    return path


def asked(url: str, kind: str = "script") -> Request:
    return Request(
        visit="", phase="before", url=url, kind=kind, third_party=True, frame="https://www.fernhill-supply.shop/"
    )


def test_requests_are_named_by_the_list(path):
    filters = Filters([str(path)])
    assert filters.naming(asked("https://a.counting-house.example/c.js")) == "ours.txt"
    assert filters.naming(asked("https://elsewhere.example/pixel-of-ours.gif", "image")) == "ours.txt"
    assert filters.naming(asked("https://counting-house.example/fair/c.js")) == ""
    assert filters.naming(asked("https://elsewhere.example/c.js")) == ""


def test_what_a_list_names_is_a_tracker(path, tmp_path):
    requests = [{"url": "https://counting-house.example/c.js", "kind": "script", "status": 200, "size": 4000}]
    case = {"visit": [{"url": "/", "request": requests}]}
    assert run_case("tracker-before-consent", case, tmp_path / "without").outcome == "pass"
    case["config"] = {"consent": {"filter_lists": (str(path),)}}
    (finding,) = run_case("tracker-before-consent", case, tmp_path / "with").findings
    assert finding.subject == "counting-house.example"
    assert "the filter list ours.txt names it" in finding.message


def test_a_list_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"consent.filter_lists: .*none.txt cannot be read"):
        Filters([str(tmp_path / "none.txt")])


def test_the_package_that_is_not_there_is_told(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "adblock", None)
    with pytest.raises(ConfigError, match=r"pip install 'storefront-auditor\[filters\]'"):
        Filters([str(path)])


def test_paths_are_those_of_the_file_that_names_them(path, tmp_path):
    file = tmp_path / "auditor.toml"
    file.write_text('shop = "https://www.fernhill-supply.shop/"\n[consent]\nfilter_lists = ["ours.txt"]\n')
    assert build(file=file).consent.filter_lists == (str(path),)
