"""The gate: verdicts, the baseline, waivers."""

import json

import pytest

from auditor.model import fingerprint

SHOP = "http://shop.example/"
TRACKER = "tracker [one] (first party)"
WAIVER = """
[[waiver]]
rule = "tracker-running"
subject = "{subject}"
reason = "The vendor is replaced in March."
owner = "shop-team@shop.example"
expires = {expires}
"""


def write_waiver(folder, subject=TRACKER, expires="2999-01-31", rule="tracker-running"):
    text = WAIVER.format(subject=subject, expires=expires).replace("tracker-running", rule)
    (folder / "waivers.toml").write_text(text)


def results(run):
    return {result["rule"]: result for result in json.loads((run / "results.json").read_text())["results"]}


def decision(audit, *flags):
    return json.loads(audit("gate", "run", "--format", "json", *flags).stdout)


@pytest.mark.parametrize(
    ("fail_on", "exit_code", "said"),
    [
        ("error", 1, "Blocked: 1 new finding at or above error (tracker-running)."),
        ("warning", 1, "Blocked: 2 new findings at or above warning (footer-missing, tracker-running)."),
        ("never", 0, "Passed: 4 rules over 3 pages and 1 visit, gate.fail_on lets every finding pass."),
    ],
)
def test_fail_on_says_what_blocks(audit, audited, fail_on, exit_code, said):
    result = audit("gate", "run", "--fail-on", fail_on, "--quiet")
    assert (result.exit_code, result.stdout) == (exit_code, f"{said}\n")


def test_findings_below_fail_on_pass(audit):
    audit("run", SHOP, "--out", "run", titles=("no footer",))
    assert audit("gate", "run").exit_code == 0
    assert audit("gate", "run", "--fail-on", "warning").exit_code == 1


def test_reasons_name_the_rule_and_what_to_do(audit, audited):
    (reason,) = decision(audit)["reasons"]
    assert reason.startswith(f"tracker-running: 1 new finding ({TRACKER}).")
    assert "`auditor baseline run`" in reason


@pytest.mark.parametrize(
    ("title", "why"),
    [("murky", "the banner could not be read"), ("bug", "the rule broke (KeyError: 'banner')")],
)
def test_unknown_and_broken_rules_are_2_unless_allowed(audit, title, why):
    result = audit("run", SHOP, "--out", "run", titles=(title,))
    assert result.exit_code == 2
    assert result.stdout.startswith("Could not judge: 1 rule without a verdict (banner-missing).\n")
    assert f"    {why}" in result.stdout
    assert any(reason.startswith(f"banner-missing could not be judged: {why}") for reason in decision(audit)["reasons"])
    allowed = decision(audit, "--allow-unknown", "banner-missing")
    assert (allowed["exit_code"], allowed["unjudged"]) == (0, [])
    assert "accepts that" in allowed["reasons"][0]


def test_findings_outweigh_unknown_rules_and_both_are_told(audit):
    result = audit("run", SHOP, titles=("tracker", "murky"))
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "Blocked: 1 new finding at or above error (tracker-running). 1 rule could not be judged.\n"
    )


def test_a_known_finding_does_not_hide_that_its_rule_could_not_look_everywhere(audit, stand_ins, monkeypatch):
    def both(site):
        yield from stand_ins._trackers(site)
        yield from stand_ins._banners(site)

    monkeypatch.setitem(stand_ins.RULES, "tracker-running", stand_ins._rule("tracker-running", "error", both))
    audit("run", SHOP, "--out", "run", "--disable", "banner-missing", titles=("tracker", "murky"))
    audit("baseline", "run")
    passed = decision(audit, "--baseline", "auditor-baseline.json")
    assert (passed["exit_code"], passed["unjudged"]) == (2, ["tracker-running"])


def test_too_few_pages_could_not_be_judged(audit):
    result = audit("run", SHOP, "--min-pages", "4", titles=("fine",))
    assert result.exit_code == 2
    assert "only 3 pages of the shop could be read, fewer than gate.min_pages = 4" in result.stdout


def test_no_page_at_all_could_not_be_judged(audit):
    assert audit("run", SHOP, pages=0).exit_code == 2


def test_no_rule_at_all_could_not_be_judged(audit, stand_ins):
    result = audit("run", SHOP, "--disable", ",".join(stand_ins.RULES))
    assert result.exit_code == 2
    assert result.stdout.startswith("Could not judge: no rule ran")


# --- baseline ---------------------------------------------------------------------------------------------------


def test_a_baseline_lets_known_findings_pass_and_no_new_ones(audit, here):
    audit("run", SHOP, "--out", "run", titles=("tracker",))
    result = audit("baseline", "run")
    assert result.exit_code == 0
    assert result.stdout.startswith("auditor-baseline.json: 1 known finding (1 added, 0 gone).\n")
    passed = decision(audit, "--baseline", "auditor-baseline.json")
    assert (passed["exit_code"], passed["standing"]) == (0, {fingerprint("tracker-running", TRACKER): "known"})
    later = audit("run", SHOP, "--baseline", "auditor-baseline.json", titles=("tracker", "hostile: other"))
    assert later.exit_code == 1
    assert "Blocked: 1 new finding at or above error (tracker-running)." in later.stdout
    assert "known" in next(line for line in later.stdout.splitlines() if TRACKER in line)


def test_the_baseline_is_sorted_dated_and_keeps_its_dates(audit, audited, here):
    audit("baseline", "run", "--write", "known.json")
    text = (here / "known.json").read_text()
    entries = json.loads(text)["findings"]
    assert [(entry["rule"], entry["subject"]) for entry in entries] == [
        ("footer-missing", "page template"),
        ("tracker-running", TRACKER),
    ]
    (here / "known.json").write_text(text.replace(entries[0]["since"], "2020-02-02"))
    audit("run", SHOP, "--out", "fixed", titles=("no footer",))
    result = audit("baseline", "fixed", "--write", "known.json")
    assert "(0 added, 1 gone)" in result.stdout
    assert [entry["since"] for entry in json.loads((here / "known.json").read_text())["findings"]] == ["2020-02-02"]


def test_a_baseline_can_go_to_standard_output(audit, audited, here):
    written = json.loads(audit("baseline", "run", "--write", "-").stdout)
    assert [entry["subject"] for entry in written["findings"]] == ["page template", TRACKER]
    assert not (here / "auditor-baseline.json").exists()


def test_the_runs_own_baseline_is_the_default_target(audit, here):
    (here / "known.json").write_text('{"schema": 1, "findings": []}')
    audit("run", SHOP, "--out", "run", "--baseline", "known.json")
    audit("baseline", "run")
    assert TRACKER in (here / "known.json").read_text()


def test_waived_findings_stay_out_of_the_baseline(audit, audited, here):
    write_waiver(here)
    audit("baseline", "run", "--waivers", "waivers.toml")
    assert TRACKER not in (here / "auditor-baseline.json").read_text()


ENTRY = {"rule": "a", "subject": "b", "fingerprint": fingerprint("a", "b"), "since": "2026-01-01"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "known.json: is not JSON"),
        ("[]", "known.json: is not a baseline"),
        (json.dumps({"schema": 1, "findings": [{**ENTRY, "since": "soon"}]}), "finding 1: since must be a date"),
        (json.dumps({"schema": 1, "findings": [ENTRY, {"rule": "a"}]}), "finding 2: subject is missing"),
        (
            json.dumps({"schema": 1, "findings": [{**ENTRY, "subject": "c"}]}),
            "the fingerprint is not that of a and 'c'; was the file edited by hand?",
        ),
    ],
)
def test_a_malformed_baseline_is_refused_before_the_crawl(audit, here, text, said):
    (here / "known.json").write_text(text)
    result = audit("run", SHOP, "--baseline", "known.json")
    assert result.exit_code == 3
    assert said in result.stderr
    assert result.shop.looks == 0


# --- waivers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [TRACKER, "tracker * (first party)"])
def test_a_waiver_accepts_a_subject_as_written_or_by_pattern(audit, audited, here, subject):
    write_waiver(here, subject)
    passed = decision(audit, "--waivers", "waivers.toml")
    assert passed["exit_code"] == 0
    assert passed["standing"][fingerprint("tracker-running", TRACKER)] == "waived"


def test_a_waiver_holds_until_the_end_of_its_day_and_is_a_finding_afterwards(audit, here, monkeypatch):
    monkeypatch.setattr("auditor.stages._now", lambda: "2026-03-31T23:59:59+00:00")
    write_waiver(here, expires="2026-03-31")
    assert audit("run", SHOP, "--out", "run", "--waivers", "waivers.toml").exit_code == 0
    write_waiver(here, expires="2026-03-30")
    assert audit("check", "run").exit_code == 1
    (finding,) = results(here / "run")["waiver-expired"]["findings"]
    assert finding["subject"] == f"tracker-running: {TRACKER}"
    assert results(here / "run")["waiver-unused"]["outcome"] == "pass"
    assert audit("gate", "run", "--fail-on", "warning", "--quiet").stdout.startswith("Blocked: 3 new findings")


def test_an_unused_waiver_is_a_finding(audit, audited, here):
    write_waiver(here, "tracker two")
    assert audit("check", "run", "--waivers", "waivers.toml").exit_code == 1
    (finding,) = results(audited)["waiver-unused"]["findings"]
    assert finding["subject"] == "tracker-running: tracker two"


def test_a_waiver_of_a_rule_that_there_is_not_is_unused(audit, audited, here):
    write_waiver(here, rule="tracker-runing")
    audit("check", "run", "--waivers", "waivers.toml")
    assert [f["subject"] for f in results(audited)["waiver-unused"]["findings"]] == [f"tracker-runing: {TRACKER}"]


@pytest.mark.parametrize("flags", [("--disable", "tracker-running"), ("--rule", "footer-missing,waiver-unused")])
def test_a_waiver_of_a_rule_that_was_not_judged_is_not_called_unused(audit, audited, here, flags):
    write_waiver(here)
    audit("check", "run", "--waivers", "waivers.toml", *flags)
    assert results(audited)["waiver-unused"]["outcome"] == "pass"


def test_a_waiver_is_not_called_unused_by_half_a_crawl(audit, here):
    write_waiver(here, "tracker two")
    audit("run", SHOP, "--out", "run", "--waivers", "waivers.toml", ends="broken")
    assert results(here / "run")["waiver-unused"]["outcome"] == "pass"


def test_without_a_waivers_file_its_rules_do_not_apply(audited):
    assert {results(audited)[rule]["outcome"] for rule in ("waiver-expired", "waiver-unused")} == {"inapplicable"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[waiver]", "waivers.toml: is not TOML"),
        ("[waivers]\n", "only [[waiver]] tables are expected"),
        ("[[waiver]]\nrule = 'a'\nsubject = 'b'\nreason = 'c'\nexpires = 2999-01-01", "waiver 1: owner is missing"),
        (WAIVER.format(subject="x", expires="'some day'"), "waiver 1: expires must be a date, not 'some day'"),
        (WAIVER.format(subject="x", expires="2999-01-01\nowners = 'me'"), "unknown key owners; did you mean owner?"),
        (
            WAIVER.format(subject=" ", expires="2999-01-01"),
            "waiver 1: subject must not be empty",
        ),
    ],
)
def test_malformed_waivers_are_refused(audit, here, text, said):
    (here / "waivers.toml").write_text(text)
    result = audit("run", SHOP, "--waivers", "waivers.toml")
    assert result.exit_code == 3
    assert said in result.stderr
    assert result.shop.looks == 0
