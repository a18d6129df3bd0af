"""The command line over stand-ins for the shelves (``stand_ins.py``), in this process or in one of its own."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli import main

STAND_INS = Path(__file__).with_name("stand_ins.py")
SHOP = "http://shop.example/"


@pytest.fixture(scope="session")
def stand_ins():
    spec = importlib.util.spec_from_file_location("stand_ins", STAND_INS)
    module = importlib.util.module_from_spec(spec)
    sys.modules["stand_ins"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory, and an environment without secrets."""
    monkeypatch.chdir(tmp_path)
    for name in ("AUDITOR_BASIC_AUTH", "AUDITOR_HEADERS", "AUDITOR_COOKIES", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def audit(here, stand_ins, monkeypatch):
    """``audit("run", "URL", ends="down")``: the result of one call; ``.shop`` is the stand-in shop."""

    def call(*arguments, ends="well", pages=3, titles=(), **environment):
        shop = stand_ins.Shop(ends, pages, titles)
        with monkeypatch.context() as patch:
            stand_ins.install(shop, patch.setattr)
            result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)
        result.shop = shop
        return result

    return call


@pytest.fixture
def audited(audit, here):
    """A complete run, in the folder ``run``: one error (tracker-running), one warning (footer-missing)."""
    assert audit("run", SHOP, "--out", "run", "--quiet").exit_code == 1
    return here / "run"


@pytest.fixture
def start(here):
    """Starts the command line in a process of its own, to which signals can be sent."""
    processes = []

    def begin(*arguments, ends="well", ignore=None, **environment):
        process = subprocess.Popen(
            [sys.executable, STAND_INS, *map(str, arguments)],
            cwd=here,
            env={**os.environ, "LOOK": ends, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=ignore and (lambda: signal.signal(ignore, signal.SIG_IGN)),
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def until_looking():
    """Waits until the stand-in shop waits to be stopped; what the process has printed on standard error so far."""

    def wait(process):
        printed = ""
        for line in process.stderr:
            printed += line
            if line.strip() == "LOOKING":
                return printed
        raise AssertionError(f"the process ended early: {printed}")

    return wait
