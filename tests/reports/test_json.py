"""The JSON report: what it says, that its schema describes it, and that its order is fixed."""

import json
from importlib.resources import files

import jsonschema

from auditor.model import fingerprint
from auditor.shelves import reports

SCHEMA = json.loads(files("auditor.reports").joinpath("schema/results-1.json").read_text(encoding="utf-8"))


def written(view, tmp_path):
    format = reports()["json"]
    format.write(view, tmp_path / format.name)
    return json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))


def test_schema_is_valid_and_holds_for_every_outcome(fernhill, tmp_path):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    told = written(fernhill.view(), tmp_path)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert {result["outcome"] for result in told["results"]} == {"pass", "fail", "inapplicable", "unknown", "error"}


def test_schema_holds_for_a_run_that_stopped_at_once(new_shop, tmp_path):
    shop = new_shop()
    for key in ("versions", "browser", "ended", "crawl", "complete"):
        shop.run._db.execute("DELETE FROM manifest WHERE key = ?", (key,))
    told = written(shop.view(2, "Could not judge: the shop did not answer."), tmp_path)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told["run"]["coverage"]["complete"] is False
    assert told["run"]["counts"]["visits"]["untouched"]["state"] == "not-run"


def test_schema_names_every_field(fernhill, tmp_path):
    """Also those that it does not require: what is not described is no interface."""

    def closed(schema):
        if isinstance(schema, list):
            return [closed(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        inner = {name: closed(item) for name, item in schema.items()}
        return {"additionalProperties": False, **inner} if "properties" in inner and "type" in inner else inner

    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(written(fernhill.view(), tmp_path))


def test_finding(fernhill, tmp_path):
    told = written(fernhill.view(), tmp_path)
    result = next(result for result in told["results"] if result["rule"] == "cookie-before-consent")
    first = result["findings"][0]
    assert result["articles"] == {"eu": ["GDPR Art. 13"], "kr": ["PIPA Art. 30"]}
    assert (first["subject"], first["standing"]) == ("_fbp (first party)", "new")
    assert first["fingerprint"] == fingerprint("cookie-before-consent", "_fbp (first party)")
    assert first["pages"]["count"] == 1234
    assert first["pages"]["samples"][0] == "https://www.fernhill-supply.shop/product/0"
    assert first["evidence"] == ["cookie:1", "cookie_write:1"]
    known = next(result for result in told["results"] if result["rule"] == "contact-missing")["findings"][0]
    assert (known["quote"], known["before"], known["after"]) == ("send an e-mail to.", "please ", " Then")
    assert (known["standing"], known["confidence"]) == ("known", "medium")


def test_run_tells_what_was_not_judged(fernhill, tmp_path):
    run = written(fernhill.view(), tmp_path)["run"]
    assert run["verdict"]["exit_code"] == 1
    assert run["counts"]["pages"] == 2 and run["counts"]["answers"] == 3 and run["counts"]["templates"] == 2
    assert [item["rule"] for item in run["coverage"]["unjudged"]] == ["cookie-after-reject", "dummy-text"]
    assert run["coverage"]["unjudged"][0]["reason"] == "the reject button had no effect"
    assert any("rejected" in gap and "no choice was made" in gap for gap in run["coverage"]["gaps"])
    assert any("without storage: the frame was gone" in gap for gap in run["coverage"]["gaps"])
    assert "path" not in run["browser"]


def test_a_rule_that_found_something_and_could_not_see_the_rest_is_unjudged_too(fernhill, tmp_path):
    from auditor.model import Unknown

    view = fernhill.view()
    partly = view.results[0]
    object.__setattr__(partly, "unknowns", (Unknown(reason="two pages did not load"),))
    run = written(view, tmp_path)["run"]
    assert {"rule": partly.rule, "outcome": "fail", "reason": "two pages did not load"} in run["coverage"]["unjudged"]


def test_order_is_fixed(fernhill, tmp_path):
    first = written(fernhill.view(), tmp_path)
    fernhill.results.reverse()
    assert written(fernhill.view(), tmp_path) == first
    assert [result["rule"] for result in first["results"]] == sorted(result["rule"] for result in first["results"])
