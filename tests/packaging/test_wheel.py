"""The wheel, built from what git would commit and installed beside django-rules, breaks neither.

The import contracts are tried on it too, for only there are the shelves inside `auditor`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AUTOCONSENT = Path("spiders", "consent", "autoconsent")
FOLDERS = {
    "auditor": "auditor",
    "spiders": "auditor/spiders",
    "rules": "auditor/rules",
    "reports": "auditor/reports",
}
# In pieces, for this file is searched too.
REGISTRIES = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"))
] + ["deb." + "debian.org", "security." + "debian.org"]
# autoconsent is there already, so nothing may be fetched.
OFFLINE_NPM = {"npm_config_offline": "true", "npm_config_cache": os.devnull}

# Built once: the tests of a group run in one xdist worker.
pytestmark = pytest.mark.xdist_group("wheel")


@dataclass(frozen=True)
class Installed:
    """A virtual environment that holds the wheel, and sees the dependencies, but not the editable installation."""

    bin: Path
    folder: Path

    def run(self, *command: str) -> str:
        """Standard output of a command of the environment, run in an empty folder; it must succeed."""
        executable, *arguments = command
        return call([self.bin / executable, *arguments], self.folder).stdout


def call(command: list, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=clean_environment() | environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}


def committed_files() -> list[str]:
    """Paths of everything that git has or would add, relative to the checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = call(command, ROOT).stdout.split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of the checkout: a build writes beside the sources, where other tests read."""
    source = tmp_path_factory.mktemp("source")
    for name in committed_files():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    shutil.copytree(ROOT / AUTOCONSENT, source / AUTOCONSENT)
    return source


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", output]
    call(build, source, **OFFLINE_NPM)
    (built,) = output.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def install(folder: Path, work: Path, *arguments: object) -> Installed:
    """A new virtual environment in `folder` with what pip is told to install, and with our own dependencies."""
    call([sys.executable, "-m", "venv", "--without-pip", folder], work)
    python = folder / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site_packages = Path(call([python, "-c", ask], work).stdout.strip())
    # A path line, unlike the folder itself, does not run the .pth file of the editable installation in it.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, "install", "--quiet"]
    call([*pip, "--no-deps", "--no-index", "--ignore-installed", *arguments], work, **OFFLINE_NPM)
    return Installed(folder / "bin", work)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Installed:
    return install(tmp_path_factory.mktemp("venv"), tmp_path_factory.mktemp("work"), wheel)


def test_only_top_level_name_is_auditor(contents):
    tops = {name.split("/")[0] for name in contents}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"auditor"}


def test_django_rules_works_beside_the_wheel(installed):
    script = """
import rules
is_owner = rules.predicate(lambda user, shop: user == shop)
rules.add_rule("can_sell", is_owner | rules.always_deny)
print(rules.test_rule("can_sell", "kim", "kim"), rules.test_rule("can_sell", "kim", "lee"))
import rules.contrib
print(rules.contrib.__name__)
"""
    assert installed.run("python", "-c", script).split() == ["True", "False", "rules.contrib"]


@pytest.mark.parametrize("shelf", ["spiders", "rules", "reports"])
def test_shelves_come_from_the_wheel(installed, shelf):
    script = f"import auditor.{shelf} as shelf; print(shelf.__file__)"
    found = Path(installed.run("python", "-c", script).strip())
    assert found.is_relative_to(installed.bin.parent)
    assert found.parts[-3:] == ("auditor", shelf, "__init__.py")


def test_command_tells_how_to_use_it(installed):
    assert "Usage: auditor" in installed.run("auditor", "--help")


def test_command_finds_the_same_rules_as_in_the_checkout(installed):
    listed = json.loads(installed.run("auditor", "rules", "--format", "json"))
    here = json.loads(call([Path(sys.executable).parent / "auditor", "rules", "--format", "json"], ROOT).stdout)
    assert listed == here
    assert listed


def test_every_source_and_data_file_is_in_the_wheel(contents):
    expected = set()
    for name in committed_files():
        folder, _, rest = name.partition("/")
        if folder in FOLDERS:
            expected.add(f"{FOLDERS[folder]}/{rest}")
    assert "auditor/__init__.py" in expected
    assert expected - contents.keys() == set()


def test_autoconsent_is_in_the_wheel_unchanged(contents):
    folder = "auditor/spiders/consent/autoconsent/"
    provenance = json.loads(contents[folder + "provenance.json"])
    assert (provenance["name"], provenance["version"]) == ("@duckduckgo/autoconsent", "16.23.0")
    assert provenance["sha256"].keys() == {"autoconsent.playwright.js", "rules.json", "LICENSE"}
    for name, digest in provenance["sha256"].items():
        assert hashlib.sha256(contents[folder + name]).hexdigest() == digest
    assert b"Mozilla Public License" in contents[folder + "LICENSE"]


def test_licences_are_in_the_wheel(contents):
    licences = {name.split(".dist-info/licenses/")[-1] for name in contents if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_no_file_names_a_package_registry(contents):
    files = contents | {name: (ROOT / name).read_bytes() for name in committed_files()}
    named = {(name, host) for name, content in files.items() for host in REGISTRIES if host.encode() in content.lower()}
    assert named == set()


def test_editable_installation_sees_new_files_at_once(source, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    environment = install(tmp_path / "venv", work, "--no-build-isolation", "--editable", source)
    family = source / "rules" / "brand_new"
    family.mkdir()
    (family / "__init__.py").touch()
    (family / "rule.py").write_text("NAME = __name__\n")
    (family / "words.toml").write_text("known = true\n")
    script = """
from importlib.resources import files
from pkgutil import walk_packages
import auditor.rules
print([name for _, name, _ in walk_packages(auditor.rules.__path__, "auditor.rules.") if "brand_new.rule" in name])
import auditor.rules.brand_new.rule as rule
print(rule.NAME, files("auditor.rules.brand_new").joinpath("words.toml").read_text().strip())
"""
    assert environment.run("python", "-c", script).splitlines() == [
        "['auditor.rules.brand_new.rule']",
        "auditor.rules.brand_new.rule known = true",
    ]


@pytest.fixture
def tree(contents, tmp_path) -> Path:
    """The wheel, unpacked, to be spoilt; with one rightful import of every package that a contract is about."""
    rightful = {
        "auditor/rightful.py": b"import bs4\n",
        "auditor/spiders/rightful.py": b"import auditor.rightful, playwright, scrapy\n",
        "auditor/reports/rightful.py": b"import jinja2, pandas\n",
    }
    for name, content in (contents | rightful).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def lint_imports(tree: Path) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", ROOT / "pyproject.toml"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, env=clean_environment())


def test_rightful_imports_are_kept(tree):
    done = lint_imports(tree)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "imports", "broken"),
    [
        ("auditor/spoilt.py", "auditor.rules", "auditor.spoilt -> auditor.rules"),
        ("auditor/rules/spoilt.py", "auditor.spiders", "auditor.rules.spoilt -> auditor.spiders"),
        ("auditor/rules/spoilt.py", "bs4", "auditor.rules.spoilt -> bs4"),
        ("auditor/reports/spoilt.py", "scrapy", "auditor.reports.spoilt -> scrapy"),
        ("auditor/spoilt.py", "pandas", "auditor.spoilt -> pandas"),
    ],
)
def test_wrong_import_is_caught(tree, module, imports, broken):
    (tree / module).write_text(f"import {imports}\n")
    done = lint_imports(tree)
    assert done.returncode == 1, done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if " -> " in line and broken in line], done.stdout
    assert done.stdout.count(" BROKEN\n") == 1
