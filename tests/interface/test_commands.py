"""Each command: what it writes, what it says, how it exits."""

import json
import tomllib

import pytest

from auditor import config
from auditor.config import fields
from auditor.store import Run

SHOP = "http://shop.example/"


def test_run_judges_reports_and_exits_with_the_verdict(audit, here):
    result = audit("run", SHOP, "--out", "run")
    assert result.exit_code == 1
    assert result.stdout.startswith("Blocked: 1 new finding at or above error (tracker-running).\n")
    for name in ("report.html", "findings.csv", "results.json"):
        assert (here / "run" / name).is_file()
        assert f"run/{name}" in result.stdout


def test_a_shop_without_faults_passes(audit):
    result = audit("run", SHOP, titles=("fine",))
    assert result.exit_code == 0
    assert result.stdout.startswith("Passed: 4 rules over 3 pages and 1 visit, nothing new at or above error.\n")


def test_the_default_folder_is_named_after_host_and_time(audit, here):
    audit("run", "http://shop.example:8080/")
    audit("run", "http://shop.example:8080/")
    first, second = sorted((here / "auditor-runs").iterdir())
    assert first.name.startswith("shop.example-20")
    assert first != second


def test_the_manifest_says_how_the_run_was_made(audited):
    with Run.open(audited) as run:
        assert run.noted("complete") is True
        assert run.noted("config")["shop"] == SHOP
        assert run.noted("started") <= run.noted("ended")
        assert run.noted("versions").keys() >= {"python", "storefront-auditor", "scrapy"}
        assert run.noted("key") is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "which shop?"),
        (["run", "ftp://shop.example"], "only http:// and https://"),
        (["run", SHOP, "--max-page", "3"], "--max-pages"),
        (["run", SHOP, "--format", "html,csv"], "report files are chosen with --reports"),
        (["run", SHOP, "--reports", "htm"], "there is no report format 'htm'; did you mean html?"),
        (["run", SHOP, "--rule", "tracker-runing"], "there is no rule 'tracker-runing'; did you mean tracker-running?"),
        (["run", SHOP, "--resume", "run"], "give neither an address nor --out"),
        (["run", "--resume", "nowhere"], "there is no run in nowhere"),
        (["runn"], "Did you mean 'run'?"),
        (["rules", "banner-mising"], "there is no rule 'banner-mising'; did you mean banner-missing?"),
        (["check", "nowhere"], "there is no run in nowhere"),
        (["gate", "nowhere"], "there is no run in nowhere"),
        (["report", "nowhere"], "there is no run in nowhere"),
        (["baseline", "nowhere"], "there is no run in nowhere"),
        (["check"], "Missing argument 'RUN'"),
        (["demo", "--port", "x"], "--port"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_3_and_names_the_mistake(audit, arguments, said):
    result = audit(*arguments)
    assert result.exit_code == 3
    assert said in result.stderr
    assert result.stdout == ""
    assert result.shop.looks == 0


def test_without_a_command_the_help_is_shown(audit):
    result = audit()
    assert result.exit_code == 3
    assert "run       Audit the shop" in result.stderr


def test_a_folder_that_holds_a_run_is_not_overwritten(audit, audited):
    result = audit("run", SHOP, "--out", "run")
    assert result.exit_code == 3
    assert "run holds a run already; go on with it (--resume run) or choose another --out" in result.stderr


def test_a_folder_that_cannot_be_made_exits_2_with_a_sentence(audit, here):
    (here / "file").write_text("")
    result = audit("run", SHOP, "--out", "file/run")
    assert result.exit_code == 2
    assert result.stderr == "error: cannot make the run's folder file/run: Not a directory\n"


def test_a_shop_that_is_down_exits_2_with_one_sentence(audit):
    result = audit("run", SHOP, "--quiet", ends="down", pages=0)
    assert result.exit_code == 2
    assert result.stdout == ("Could not judge: The shop does not answer: connection refused at http://shop.example/.\n")
    assert result.stderr == ""


def test_trouble_outweighs_findings(audit):
    assert audit("run", SHOP, ends="down").exit_code == 2


def test_a_page_limit_is_told(audit):
    audit("run", SHOP, "--out", "run", "--max-pages", "3", ends="limit")
    assert "The crawl ended at its page limit" in audit("gate", "run").stdout


def test_a_crawl_that_breaks_is_judged_all_the_same_and_can_be_resumed(audit, here):
    result = audit("run", SHOP, "--out", "run", ends="broken")
    assert result.exit_code == 2
    assert "a mistake in the auditor, ValueError" in result.stdout
    assert "auditor run --resume run" in result.stdout
    assert "Traceback" not in result.output
    assert "_end_broken" in (here / "run" / "crash.log").read_text()
    assert json.loads((here / "run" / "results.json").read_text())["verdict"]["exit_code"] == 2
    assert audit("run", "--resume", "run").exit_code == 1


def test_a_full_disk_is_a_sentence(audit, here):
    result = audit("run", SHOP, "--out", "run", "--quiet", ends="full")
    assert result.exit_code == 2
    assert result.stdout == (
        "Could not judge: the audit is not complete (the disk is full (run/blobs)); "
        "go on with `auditor run --resume run`.\n"
    )
    assert not (here / "run" / "crash.log").exists()


def test_a_report_that_fails_keeps_no_other_from_being_written(audit, here):
    result = audit("run", SHOP, "--out", "run", "--reports", "broken,html,full", titles=("fine",))
    assert result.exit_code == 2
    assert (here / "run" / "report.html").is_file()
    assert sorted(path.name for path in (here / "run").glob("*report.*")) == ["report.html"]
    assert "not written: a mistake in the auditor, ZeroDivisionError: no page" in result.stdout
    assert "full  not written: the disk is full" in result.stdout
    assert "_write_broken" in (here / "run" / "crash.log").read_text()


def test_a_mistake_outside_of_the_stages_leaves_no_traceback_on_the_terminal(audit, audited, monkeypatch):
    monkeypatch.setattr("auditor.terminal.print_summary", lambda *_: 1 / 0)
    result = audit("check", "run")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "ZeroDivisionError" in result.stderr
    assert "ZeroDivisionError" in (audited / "crash.log").read_text()


def test_a_complete_run_is_not_crawled_again(audit, audited):
    result = audit("run", "--resume", "run")
    assert result.exit_code == 1
    assert result.shop.looks == 0
    assert "This run is complete" in result.stderr


def test_resume_keeps_the_configuration_and_takes_new_flags(audit):
    audit("run", SHOP, "--out", "run", "--profile", "kr", "--max-depth", "4", ends="broken")
    settings = audit("run", "--resume", "run", "--max-depth", "6").shop.config
    assert (settings.shop, settings.profile, settings.crawl.max_depth) == (SHOP, ("kr",), 6)


def test_resume_says_which_secret_is_missing(audit):
    audit("run", SHOP, "--out", "run", ends="broken", AUDITOR_BASIC_AUTH="joe:swordfish")
    result = audit("run", "--resume", "run")
    assert "begun with AUDITOR_BASIC_AUTH in the environment" in result.stderr


def test_two_auditors_do_not_share_a_run(audit, start, until_looking):
    until_looking(start("run", SHOP, "--out", "run", ends="waiting"))
    result = audit("run", "--resume", "run")
    assert result.exit_code == 2
    assert "another auditor is at work in run" in result.stderr


def test_crawl_judges_nothing(audit, here):
    result = audit("crawl", SHOP, "--out", "run")
    assert (result.exit_code, result.stdout) == (0, "3 pages in run. `auditor check run` judges them.\n")
    assert not (here / "run" / "results.json").exists()
    for command in ("gate", "report", "baseline"):
        refused = audit(command, "run")
        assert refused.exit_code == 3
        assert "is not judged yet; `auditor check run` does it" in refused.stderr
    assert audit("check", "run").exit_code == 1


def test_crawl_of_a_shop_that_is_down_exits_2(audit):
    result = audit("crawl", SHOP, ends="down", pages=0)
    assert result.exit_code == 2
    assert result.stdout.startswith("Could not audit the shop: The shop does not answer")


def test_check_judges_again_with_new_flags_and_renews_the_reports(audit, audited):
    assert audit("check", "run", "--disable", "tracker-running").exit_code == 0
    results = json.loads((audited / "results.json").read_text())["results"]
    assert [result["rule"] for result in results if result["outcome"] == "fail"] == ["footer-missing"]
    assert "Passed" in (audited / "report.html").read_text()
    assert audit("gate", "run").exit_code == 0, "the gate judges by the last check"


def test_check_takes_a_configuration_file_only_when_it_is_named(audit, audited, here):
    (here / "auditor.toml").write_text("disable = ['tracker-running']\n")
    assert audit("check", "run").exit_code == 1
    assert audit("check", "run", "--config", "auditor.toml").exit_code == 0


def test_report_writes_the_formats_that_are_asked_for(audit, audited):
    (audited / "report.html").unlink()
    (audited / "findings.csv").unlink()
    result = audit("report", "run", "--format", "html")
    assert (result.exit_code, result.stdout.strip()) == (0, "html  run/report.html")
    assert not (audited / "findings.csv").exists()


def test_results_of_rules_that_are_gone_are_not_reported(audit, audited, stand_ins, monkeypatch):
    monkeypatch.delitem(stand_ins.RULES, "footer-missing")
    result = audit("report", "run")
    assert result.exit_code == 3
    assert "judged by rules that are gone (footer-missing); `auditor check run`" in result.stderr


def test_format_json_prints_the_json_report_and_nothing_else(audit, here):
    result = audit("run", SHOP, "--out", "run", "--format", "json", "--reports", "html")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == json.loads((here / "run" / "results.json").read_text())
    assert json.loads(audit("check", "run", "--format", "json").stdout)["verdict"]["exit_code"] == 1


def test_quiet_prints_the_verdict_alone(audit):
    result = audit("run", SHOP, "--quiet")
    assert result.stdout == "Blocked: 1 new finding at or above error (tracker-running).\n"
    assert result.stderr == ""


def test_quiet_with_json_prints_json_alone(audit):
    result = audit("run", SHOP, "--quiet", "--format", "json")
    assert json.loads(result.stdout)["schema"] == 1
    assert result.stderr == ""


def test_rules_lists_and_explains(audit):
    listed = json.loads(audit("rules", "--format", "json").stdout)
    assert [rule["id"] for rule in listed] == [
        "banner-missing",
        "footer-missing",
        "korean-missing",
        "tracker-running",
        "waiver-expired",
        "waiver-unused",
    ]
    assert listed[0].keys() >= {"id", "family", "severity", "profiles", "articles", "languages", "needs"}
    assert (listed[0]["profiles"], listed[0]["articles"]["kr"]) == (["eu", "kr"], ["PIPA Art. 30"])
    told = audit("rules", "banner-missing").stdout
    assert "The title of banner-missing." in told
    assert "Why: It matters." in told
    assert "eu (error): GDPR Art. 13" in told
    assert "banner-missing" in audit("rules").stdout


def test_init_writes_a_file_that_says_what_was_given_and_comments_the_defaults(audit, here):
    result = audit("init", "shop.example", "--profile", "eu,kr")
    assert (result.exit_code, result.stdout) == (0, "auditor.toml is written. Next: `auditor run`.\n")
    text = (here / "auditor.toml").read_text()
    settings = config.build(file=here / "auditor.toml")
    assert settings == config.Config(shop="https://shop.example/", profile=("eu", "kr"))
    commented = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line for line in text.splitlines()
    )
    everything = tomllib.loads(commented)
    missing = [
        key
        for key, _ in fields()
        if key.rpartition(".")[2] not in (everything[key.rpartition(".")[0]] if "." in key else everything)
    ]
    assert missing == []
    (here / "all.toml").write_text(commented)
    assert config.build(file=here / "all.toml") == settings


def test_init_without_an_address_asks_nobody_in_a_pipe(audit, here):
    result = audit("init")
    assert result.exit_code == 0
    assert "with the shop's address" in result.stdout
    assert config.build(file=here / "auditor.toml") == config.Config()


@pytest.mark.parametrize("arguments", [["baseline", "run", "--write"], ["init", "shop.example", "--file"]])
def test_a_file_that_cannot_be_written_is_named(audit, audited, arguments):
    result = audit(*arguments, "nowhere/file")
    assert result.exit_code == 3
    assert result.stderr == "error: nowhere/file: cannot be written: No such file or directory\n"


def test_init_overwrites_nothing(audit, here):
    (here / "auditor.toml").write_text("shop = 'x.example'\n")
    result = audit("init", "shop.example")
    assert (result.exit_code, result.stderr) == (3, "error: auditor.toml: exists already; nothing was written\n")
    assert (here / "auditor.toml").read_text() == "shop = 'x.example'\n"


def test_no_secret_is_in_any_file_or_output(audit, here):
    result = audit(
        "run",
        SHOP,
        "--out",
        "run",
        ends="broken",
        AUDITOR_BASIC_AUTH="joe:swordfish",
        AUDITOR_HEADERS="X-Preview: mackerel",
        AUDITOR_COOKIES="staging=halibut",
    )
    assert result.shop.secrets.basic_auth == "joe:swordfish"
    logged = (here / "run" / "crash.log").read_text() + (here / "run" / "auditor.log").read_text()
    assert "…" in logged, "the secrets were on their way into the logs"
    files = [path for path in here.rglob("*") if path.is_file()]
    assert {"crash.log", "auditor.log", "run.sqlite", "results.json"} <= {path.name for path in files}
    for secret in ("swordfish", "mackerel", "halibut", "am9lOnN3b3JkZmlzaA"):
        assert secret not in result.output
        assert [path.name for path in files if secret.encode() in path.read_bytes()] == []
