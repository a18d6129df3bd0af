"""What stands on the terminal, and what does not stand in a pipe."""

import os
import pty
import re
import subprocess
import sys

import pytest

from auditor import config
from auditor.config import Config
from auditor.terminal import HEARTBEAT, Lines, Terminal, printable

SHOP = "http://shop.example/"
HOSTILE = "hostile \x1b[31m[bold]red[/bold]\x07 \u202edlog\u2066 \x9b1m\nnext"
COLOR = re.compile(r"\x1b\[[0-9;]*3[0-9]m")


@pytest.fixture
def on_terminal(here):
    """What the command line writes onto a terminal of 80 columns, and its exit code."""

    def call(*arguments, typed="", **environment):
        here_end, there_end = pty.openpty()
        os.write(here_end, typed.encode())
        process = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(__file__), "stand_ins.py"), *arguments],
            cwd=here,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
            stdin=there_end,
            stdout=there_end,
            stderr=there_end,
        )
        os.close(there_end)
        written = b""
        try:
            while chunk := os.read(here_end, 65536):
                written += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(here_end)
        return written.decode(), process.wait(timeout=60)

    return call


def test_a_terminal_gets_bars_and_colours(on_terminal):
    written, exit_code = on_terminal("run", SHOP)
    assert exit_code == 1
    assert re.search(r"crawl .*━.*3 pages, 0 queued", written)
    assert re.search(r"visit .*1 of 1 visits, untouched", written)
    assert re.search(r"check .*4 of 4 rules, 2 findings", written)
    assert COLOR.search(written)
    assert written.count("\x1b[?25h") >= written.count("\x1b[?25l"), "the cursor is shown again"


def test_no_color_is_respected(on_terminal):
    written, _ = on_terminal("run", SHOP, NO_COLOR="1")
    assert "3 pages, 0 queued" in written
    assert not COLOR.search(written)


def test_init_asks_on_a_terminal(on_terminal, here):
    written, exit_code = on_terminal("init", typed="shop.example\nde,fr\n")
    assert exit_code == 0
    assert "Address of the shop" in written
    assert config.build(file=here / "auditor.toml") == Config(shop="https://shop.example/", profile=("de", "fr"))


def test_a_pipe_gets_plain_lines(start):
    process = start("run", SHOP, TERM="xterm-256color", COLORTERM="truecolor")
    stdout, stderr = process.communicate(timeout=60)
    assert "\x1b" not in stdout + stderr
    assert stderr.splitlines()[:4] == [
        "crawl: crawling the shop",
        "crawl: 3 pages, 0 queued, 0 s",
        "visit: visiting pages in Chromium",
        "visit: 1 of 1 visits, untouched, 0 s",
    ]


def test_a_closed_pipe_does_not_change_the_exit_code(here):
    for arguments in (["run", SHOP], ["run", SHOP, "--format", "json"]):
        reading, writing = os.pipe()
        os.close(reading)
        process = subprocess.run(
            [sys.executable, os.path.join(os.path.dirname(__file__), "stand_ins.py"), *arguments],
            cwd=here,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
        os.close(writing)
        assert process.returncode == 1
        assert "Traceback" not in process.stderr
        assert "BrokenPipe" not in process.stderr


def test_the_words_of_the_shop_command_nothing(audit):
    result = audit("run", SHOP, titles=(HOSTILE,))
    told = result.stdout + result.stderr
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800]", told)
    assert r"\x1b[31m[bold]red[/bold]\x07" in told
    assert r"\u202edlog\u2066" in told


def test_printable_writes_out_and_cuts():
    assert printable("a\x00b\u200bc\rd\ud800") == "a\\x00b\\u200bc d\\ud800"
    assert printable("가나 日本 ñ") == "가나 日本 ñ"
    assert printable("x" * 1_000_000, 10) == "x" * 9 + "…"


def test_the_summary_fits_into_80_columns_and_cuts_no_subject(audit):
    long = "hostile " + "/very/long/path" * 12
    lines = audit("run", SHOP, titles=(long, "murky"), COLUMNS="80").stdout.splitlines()
    table = lines[lines.index(next(line for line in lines if line.startswith("severity"))) :]
    assert max(len(line) for line in table if "auditor-runs" not in line) <= 80
    assert long.replace(" ", "") in re.sub(r"[\d\s]", "", "".join(table))


def test_rules_that_could_not_be_judged_for_one_reason_are_told_together(audit, stand_ins, monkeypatch):
    monkeypatch.setitem(stand_ins.RULES, "also-missing", stand_ins._rule("also-missing", "error", stand_ins._banners))
    lines = audit("run", SHOP, titles=("murky",)).stdout.splitlines()
    place = lines.index("Could not judge")
    assert [line.strip() for line in lines[place + 1 : place + 3]] == [
        "also-missing, banner-missing",
        "the banner could not be read",
    ]


def test_of_a_shop_that_is_down_one_sentence_is_enough(audit):
    told = audit("run", SHOP, ends="down", pages=0, titles=("bug",)).stdout
    assert told.startswith("Could not judge: The shop does not answer: connection refused")
    assert "\nCould not judge" not in told


def test_many_subjects_of_one_rule_are_counted(audit):
    titles = tuple(f"hostile {number}" for number in range(7))
    told = audit("run", SHOP, "--out", "run", pages=7, titles=titles).stdout
    assert "hostile 4" in told
    assert "hostile 5" not in told
    assert "and 2 more, in the reports" in told


def test_a_long_stage_gives_a_pipe_a_sign_of_life(capsys, monkeypatch):
    clock = iter([0.0, 0.0, 0.0, 1.0, HEARTBEAT + 1, HEARTBEAT + 1, HEARTBEAT + 2])
    monkeypatch.setattr("auditor.terminal.time.monotonic", lambda: next(clock))
    lines = Lines(Terminal(stderr=True))
    lines.stage("crawl")
    for done in (1, 2, 3):
        lines.pages(done, 10, "http://shop.example/")
    assert capsys.readouterr().err.splitlines() == ["crawl: crawling the shop", "crawl: 2 pages, 10 queued"]
