"""`make setup` finds a Chromium that starts, or says exactly what to install."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "chromium.py"


@pytest.fixture
def chromium(monkeypatch):
    """A fresh copy of the script, which looks at the system alone and installs nothing."""
    spec = importlib.util.spec_from_file_location("setup_chromium", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "_playwrights", lambda: None)
    monkeypatch.setattr(module, "_apt_install", lambda: None)
    monkeypatch.setattr(module, "_playwright_install", lambda: None)
    return module


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(file: Path, exit_code: int) -> None:
    file.write_text(f"#!{sys.executable}\nimport sys\nsys.exit({exit_code})\n")
    file.chmod(0o755)


def test_browser_that_does_not_start_is_passed_over(chromium, path):
    program(path / "chromium", 1)
    program(path / "google-chrome-stable", 0)
    assert chromium.find() == str(path / "google-chrome-stable")


def test_headless_shell_comes_first(chromium, path):
    program(path / "chromium", 0)
    program(path / "chromium-headless-shell", 0)
    assert chromium.find() == str(path / "chromium-headless-shell")


def test_installed_browser_is_used(chromium, path, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "_apt_install", lambda: program(path / "chromium", 0))
    assert chromium.main() == 0
    assert capsys.readouterr().out == f"Chromium: {path / 'chromium'}\n"


def test_without_any_browser_it_says_what_to_install(chromium, path, capsys):
    assert chromium.main() == 1
    assert "apt-get install chromium fonts-noto-cjk" in capsys.readouterr().err
