"""The command line's flags, made from the configuration's fields: every key has one, also a key added tomorrow."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import click
from pydantic.fields import FieldInfo

from auditor.config import fields

# Where the field's own name would be wrong on a command line, or taken.
NAMES = {
    "crawl.hosts": "host",
    "visits.pages": "visit",
    "visits.scenarios": "scenario",
    "visits.selected": "visit-page",
    "visits.limit": "visit-limit",
    "visits.timeout": "visit-timeout",
    "visits.quiet": "visit-quiet",
    "rules": "rule",
    "tls_verify": "insecure",
}
NEGATED = {"tls_verify": "Accept bad certificates (staging shops)."}
# Lists whose items may hold commas; the others may be given as one text: --profile eu,kr
NOT_SPLIT = ("crawl.include", "crawl.exclude", "visits.selected")
METAVARS = {
    "profile": "COUNTRIES",
    "reports": "FORMATS",
    "contact": "ADDRESS",
    "user_agent": "NAME",
    "ca_file": "FILE",
    "rules": "RULE",
    "disable": "RULE",
    "crawl.include": "REGEX",
    "crawl.exclude": "REGEX",
    "crawl.hosts": "HOST",
    "visits.scenarios": "NAMES",
    "visits.selected": "URL",
    "visits.browser": "FILE",
    "consent.necessary": "PATTERN",
    "gate.baseline": "FILE",
    "gate.waivers": "FILE",
    "gate.allow_unknown": "RULE",
}
SHOP = ("user_agent", "contact", "tls_verify", "ca_file")
CRAWL = tuple(key for key, _ in fields() if key.startswith("crawl."))
VISITS = tuple(key for key, _ in fields() if key.startswith("visits."))
GATE = tuple(key for key, _ in fields() if key.startswith("gate."))
OUTPUT = ("reports",)
JUDGING = tuple(
    key for key, _ in fields() if key not in {"shop", *SHOP, *CRAWL, *VISITS, *GATE, *OUTPUT}
)  # what is left, so that none is lost
GROUPS = {"Shop": SHOP, "Crawl": CRAWL, "Visits": VISITS, "Judging": JUDGING, "Gate": GATE, "Output": OUTPUT}
ALL = tuple(key for keys in GROUPS.values() for key in keys)


class Flag(click.Option):
    """A flag of one configuration key; ``None`` or an empty tuple when it is not given."""

    def __init__(self, key: str, field: FieldInfo) -> None:
        self.key = key
        shape = _shape(key, field)
        help_text = NEGATED.get(key) or meaning(field) + _default_told(field.default)
        super().__init__([*_spelling(key, field), _parameter(key)], help=help_text, default=None, **shape)


class Grouped(click.Command):
    """A command whose help lists its flags by subject."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        group_of = {key: group for group, keys in GROUPS.items() for key in keys}
        rows: dict[str, list[tuple[str, str]]] = {"Options": [], **{group: [] for group in GROUPS}}
        for option in self.get_params(context):
            told = option.get_help_record(context) if isinstance(option, click.Option) else None
            if told is not None:
                rows[group_of.get(getattr(option, "key", ""), "Options")].append(told)
        for group, records in rows.items():
            if records:
                with formatter.section(group):
                    formatter.write_dl(records)


def flags(keys: Iterable[str]) -> Callable[[Callable], Callable]:
    """Give a command the flags of these keys; it gets them as keyword arguments that ``given`` understands."""
    known = dict(fields())

    def decorate(command: Callable) -> Callable:
        for key in reversed(list(keys)):
            command.__click_params__ = [*getattr(command, "__click_params__", []), Flag(key, known[key])]
        return command

    return decorate


def given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The values that stand on the command line, by key."""
    values = {}
    for key in ALL:
        value = arguments.get(_parameter(key))
        if value is None or value == ():
            continue
        values[key] = (not value) if key in NEGATED else _items(key, value) if isinstance(value, tuple) else value
    return values


def flag_of(key: str) -> str:
    """A key as it is written on the command line."""
    return "URL" if key == "shop" else _spelling(key, dict(fields())[key])[0].partition("/")[0]


def _items(key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a list; an empty text gives none, which empties the list of the configuration file."""
    parts = texts if key in NOT_SPLIT else tuple(part for text in texts for part in text.split(","))
    return tuple(part.strip() for part in parts if part.strip())


def _parameter(key: str) -> str:
    return key.replace(".", "__")


def _spelling(key: str, field: FieldInfo) -> list[str]:
    name = NAMES.get(key) or key.rpartition(".")[2].replace("_", "-")
    if field.annotation is bool and key not in NEGATED:
        return [f"--{name}/--no-{name}"]
    return [f"--{name}"]


def _shape(key: str, field: FieldInfo) -> dict[str, Any]:
    """How click reads it. Values stay texts: the configuration checks them, with one wording for file and flag."""
    if field.annotation is bool:
        return {"is_flag": True}
    if typing.get_origin(field.annotation) is tuple:
        return {"multiple": True, "metavar": METAVARS.get(key, "TEXT")}
    return {"metavar": METAVARS.get(key) or _metavar(field.annotation)}


def _metavar(annotation: Any) -> str:
    if typing.get_origin(annotation) is Literal:
        return "[" + "|".join(typing.get_args(annotation)) + "]"
    return {int: "N", float: "SECONDS"}.get(annotation, "TEXT")


def meaning(field: FieldInfo) -> str:
    """The field's description, with what a list may hold."""
    arguments = typing.get_args(field.annotation)
    several = typing.get_origin(field.annotation) is tuple and typing.get_origin(arguments[0]) is Literal
    return field.description + (f" One or more of {', '.join(typing.get_args(arguments[0]))}." if several else "")


def spelling(key: str) -> str:
    """How a key's flag is written, with its values where they are few."""
    field = dict(fields())[key]
    value = _metavar(field.annotation) if typing.get_origin(field.annotation) is Literal else ""
    return f"{_spelling(key, field)[0].replace('/', ' / ')} {value}".strip()


def _default_told(default: Any) -> str:
    if default in ("", ()) and not isinstance(default, bool):
        return ""
    if isinstance(default, bool):
        return f" [default: {'yes' if default else 'no'}]"
    return f" [default: {','.join(default) if isinstance(default, tuple) else default}]"
