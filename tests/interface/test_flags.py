"""Every key of the configuration is a flag."""

import typing

import pytest

from auditor.cli import cli
from auditor.config import Config, fields
from auditor.flags import GROUPS, flag_of

KEYS = [key for key, _ in fields() if key != "shop"]
SAMPLES = {
    "profile": ("kr,cn", ("kr", "cn")),
    "rules": ("tracker-running", ("tracker-running",)),
    "disable": ("banner-missing,footer-missing", ("banner-missing", "footer-missing")),
    "reports": ("json,html", ("json", "html")),
    "tls_verify": (None, False),
    "crawl.include": ("/a{1,2}", ("/a{1,2}",)),
    "crawl.exclude": ("/b,c", ("/b,c",)),
    "crawl.hosts": ("a.example,b.example", ("a.example", "b.example")),
    "visits.scenarios": ("untouched", ("untouched",)),
    "visits.selected": ("/a,b", ("/a,b",)),
    "visits.resolver": ("127.0.0.1:5353", "127.0.0.1:5353"),
    "consent.necessary": ("x*,y", ("x*", "y")),
    "gate.allow_unknown": ("banner-missing", ("banner-missing",)),
}
PATHS = ("ca_file", "visits.browser", "gate.baseline", "gate.waivers", "consent.filter_lists")


def sample(key):
    """A text to give and the value that must come of it, unlike the default."""
    field = dict(fields())[key]
    if key in SAMPLES:
        return SAMPLES[key]
    if field.annotation is bool:
        return None, not field.default
    if typing.get_origin(field.annotation) is typing.Literal:
        other = next(value for value in typing.get_args(field.annotation) if value != field.default)
        return other, other
    return {int: ("7", 7), float: ("7.5", 7.5), str: ("words", "words")}[field.annotation]


def value_of(settings: Config, key: str):
    for part in key.split("."):
        settings = getattr(settings, part)
    return settings


@pytest.mark.parametrize("key", [key for key in KEYS if key not in PATHS])
def test_every_key_can_be_set_by_its_flag(audit, key):
    text, value = sample(key)
    flag = flag_of(key).replace("--", "--no-") if value is False and key != "tls_verify" else flag_of(key)
    result = audit("run", "shop.example", "--out", "run", flag, *([] if text is None else [text]))
    assert result.exit_code in (0, 1, 2), result.output
    assert value_of(result.shop.config, key) == value
    assert value_of(Config(), key) != value


@pytest.mark.parametrize("key", PATHS)
def test_a_path_that_is_not_there_is_named_before_the_crawl(audit, key):
    result = audit("run", "shop.example", flag_of(key), "nowhere/file")
    assert result.exit_code == 3
    assert "nowhere/file" in result.stderr
    assert result.shop.looks == 0


@pytest.mark.parametrize("key", PATHS)
def test_every_path_can_be_set_by_its_flag(audit, here, key):
    texts = {"gate.baseline": '{"schema": 1, "findings": []}'}
    (here / "file").write_text(texts.get(key, ""))
    (here / "file").chmod(0o755)
    result = audit("run", "shop.example", flag_of(key), "./file")
    path = str(here / "file")
    assert value_of(result.shop.config, key) in (path, (path,))


def test_flags_are_unique_and_each_key_is_in_one_group_of_the_help(audit):
    for name, command in cli.commands.items():
        spelled = [text for option in command.params for text in (*option.opts, *option.secondary_opts)]
        assert len(spelled) == len(set(spelled)), name
    assert sorted(key for keys in GROUPS.values() for key in keys) == sorted(KEYS)
    help_text = audit("run", "--help").output
    assert [key for key in KEYS if flag_of(key) not in help_text] == []


def test_every_key_is_described():
    assert [key for key, field in fields() if not field.description] == []


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_has_help_with_an_example(audit, name):
    result = audit(name, "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    auditor {name}" in result.output or "_AUTH=" in result.output


def test_a_wrong_value_names_the_flag(audit):
    result = audit("run", "shop.example", "--max-pages", "many")
    assert result.exit_code == 3
    assert result.stderr == "error: --max-pages must be a whole number from 1 to 1,000,000,000, not 'many'\n"
