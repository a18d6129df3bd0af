"""Ctrl-C and other ends, on a real process."""

import json
import signal

import pytest

SHOP = "http://shop.example/"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_look_and_what_there_is_is_judged(start, until_looking, here, number):
    process = start("run", SHOP, "--out", "run", ends="waiting")
    until_looking(process)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 2
    assert stdout.startswith(
        "Could not judge: the audit is not complete (it was interrupted); go on with `auditor run --resume run`.\n"
    )
    assert "tracker-running" in stdout
    assert "Stopping; what was gathered is kept." in stderr
    assert "Traceback" not in stderr
    verdict = json.loads((here / "run" / "results.json").read_text())["verdict"]
    assert verdict["exit_code"] == 2


def test_the_run_can_be_resumed_afterwards(start, until_looking, audit):
    process = start("run", SHOP, "--out", "run", ends="waiting")
    until_looking(process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    result = audit("run", "--resume", "run")
    assert (result.exit_code, result.shop.looks) == (1, 1)
    assert result.stdout.startswith("Blocked: 1 new finding")


def test_what_breaks_while_stopping_is_part_of_stopping(start, until_looking, here):
    process = start("run", SHOP, "--out", "run", "--quiet", ends="messy")
    until_looking(process)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (2, "")
    assert "(it was interrupted)" in stdout
    assert not (here / "run" / "crash.log").exists()
    assert "the browser is gone" in (here / "run" / "auditor.log").read_text()


def test_an_interrupted_crawl_says_how_to_go_on(start, until_looking):
    process = start("crawl", SHOP, "--out", "run", ends="waiting")
    until_looking(process)
    process.send_signal(signal.SIGINT)
    stdout, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert stdout == ("3 pages in run. Not complete: it was interrupted; go on with `auditor crawl --resume run`.\n")


def test_a_second_signal_ends_at_once(start, until_looking):
    process = start("run", SHOP, "--out", "run", ends="stubborn")
    until_looking(process)
    process.send_signal(signal.SIGINT)
    until_looking(process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT


def test_a_killed_run_is_not_complete_and_can_be_judged(start, until_looking, audit):
    process = start("run", SHOP, "--out", "run", ends="waiting")
    until_looking(process)
    process.kill()
    process.communicate(timeout=60)
    result = audit("check", "run", "--quiet")
    assert result.exit_code == 2
    assert "it was ended from outside" in result.stdout


def test_nohup_is_respected(start, until_looking):
    process = start("run", SHOP, "--out", "run", ends="waiting", ignore=signal.SIGHUP)
    until_looking(process)
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr.count("Stopping")) == (2, 1)


def test_ctrl_c_while_judging_says_what_is_kept(audit, audited, monkeypatch):
    monkeypatch.setattr("auditor.stages.judge", lambda *_: signal.raise_signal(signal.SIGINT))
    result = audit("check", "run")
    assert result.exit_code == 2
    assert result.stderr.endswith("error: stopped; what was gathered is kept: `auditor check run` judges it\n")
