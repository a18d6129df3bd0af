"""What a reader is told of a cookie that is there after a refusal: on which pages, and what to do."""

from pathlib import Path

from auditor.testing import run_case


def cookies(*phases: str, name="_ga"):
    return [{"name": name, "value": "GA1.1.1234567890.1700000000", "lifetime": 31_536_000, "phase": p} for p in phases]


def told(first, second, third, folder: Path):
    visits = [
        {"url": "/", "scenario": "rejected", "choice_at": 2.0, "cookie": first},
        {"url": "/a", "scenario": "rejected", "cookie": second},
        {"url": "/b", "scenario": "rejected", "cookie": third},
    ]
    visits[0]["action"] = [{"action": "reject", "confirmed": True}]
    return run_case("cookie-after-reject", {"visit": visits}, folder / "run").findings


def paths(finding):
    return [url.removeprefix("https://www.fernhill-supply.shop") for url in finding.pages.samples]


def test_a_leftover_is_on_every_page_that_still_has_it_and_is_to_be_deleted(tmp_path):
    (leftover,) = told(cookies("before", "after"), cookies("after"), cookies("after"), tmp_path)
    assert "was set before the choice and is still there" in leftover.message
    assert paths(leftover) == ["/", "/a", "/b"]
    assert "delete _ga" in leftover.fix


def test_a_new_cookie_is_told_where_it_came(tmp_path):
    (fresh,) = told([], cookies("after"), cookies("after"), tmp_path)
    assert "is set although the visitor has refused" in fresh.message
    assert paths(fresh) == ["/a"]
    assert "delete" not in fresh.fix


def test_a_leftover_that_comes_back_after_it_was_gone_counts(tmp_path):
    (leftover,) = told(cookies("before"), [], cookies("after"), tmp_path)
    assert leftover.subject == "_ga (first party)"
    assert paths(leftover) == ["/b"]
