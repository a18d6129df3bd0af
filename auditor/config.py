"""The configuration: read once, checked, frozen.

Sources, the later wins: the defaults below, ``auditor.toml`` (else ``[tool.auditor]`` in ``pyproject.toml``), the
command line. Secrets for staging shops never stand in a file: they come from the environment (``Secrets``) and are
never stored in a run.
"""

from __future__ import annotations

import base64
import difflib
import ipaddress
import os
import re
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from auditor.model import PROFILES, SCENARIOS
from auditor.urls import host_of

FILE = "auditor.toml"
# Keys that hold a path: relative to the file that they stand in, or to the working directory on the command line.
PATHS = ("ca_file", "visits.browser", "gate.baseline", "gate.waivers", "consent.filter_lists")

Profile = Literal["eu", "de", "fr", "uk", "us-ca", "kr", "cn", "jp", "br", "qc"]
Scenario = Literal["untouched", "rejected", "accepted", "withdrawn", "gpc"]
assert set(Profile.__args__) == set(PROFILES) and set(Scenario.__args__) == set(SCENARIOS)


def _no_truth(value: object) -> object:
    """``max_pages = true`` would be one page."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "not a number")
    return value


PositiveInt = Annotated[int, Field(ge=1, le=1_000_000_000), BeforeValidator(_no_truth)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False), BeforeValidator(_no_truth)]


class Section(BaseModel):
    """A table of ``auditor.toml``: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+")  # names, also internationalised ones, and IP addresses


class Crawl(Section):
    """How the shop is crawled."""

    max_pages: PositiveInt = Field(20_000, description="Stop after this many pages.")
    max_depth: PositiveInt = Field(30, description="Follow links at most this many clicks from the start page.")
    include: tuple[str, ...] = Field(
        (),
        description="Crawl only addresses that match one of these patterns (regular expressions on the URL).",
    )
    exclude: tuple[str, ...] = Field((), description="Never crawl addresses that match one of these patterns.")
    hosts: tuple[str, ...] = Field(
        (), description="Hosts that belong to the shop; default: all of its registrable domain."
    )
    robots: bool = Field(True, description="Obey robots.txt.")
    sitemaps: bool = Field(True, description="Read sitemap.xml and the sitemaps that robots.txt names.")
    concurrency: PositiveInt = Field(8, description="Requests in flight at a time.")
    delay: Seconds = Field(0.0, description="Least seconds between two requests to a host; AutoThrottle may add to it.")
    autothrottle: bool = Field(True, description="Slow down when the shop answers slowly.")
    timeout: Seconds = Field(30.0, description="Seconds to wait for one answer.")
    max_size: PositiveInt = Field(10_000_000, description="Largest answer to read, in bytes.")
    facet_limit: PositiveInt = Field(20, description="Filter and sort combinations crawled per listing template.")
    keep_html: Literal["all", "legal", "none"] = Field(
        "legal", description="Pages whose HTML is kept: all, legal pages and one sample a template, or none."
    )

    @field_validator("include", "exclude")
    @classmethod
    def _patterns(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"'{value}' is not a regular expression: {error}") from error
        return values

    @field_validator("hosts")
    @classmethod
    def _hosts(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        """Hosts may be written as addresses or with a port: cookies and links know neither."""
        hosts = [(host_of(value if "://" in value else f"//{value}"), value) for value in values]
        for host, value in hosts:
            if not _HOST.fullmatch(host):
                raise ValueError(f"'{value}' is not a host name, such as www.shop.example")
        return tuple(host for host, _ in hosts)


class Visits(Section):
    """Which pages are loaded in Chromium, and how."""

    pages: Literal["new", "all", "none"] = Field(
        "new", description="Visit every page, or those that bring something new to the run."
    )
    scenarios: tuple[Scenario, ...] = Field(
        SCENARIOS, description="Consent scenarios, each in a fresh browser profile."
    )
    selected: tuple[str, ...] = Field((), description="Addresses or paths that are always visited.")
    limit: PositiveInt = Field(300, description="At most this many pages are visited in one scenario.")
    timeout: Seconds = Field(30.0, description="Seconds for one page to load.")
    quiet: Seconds = Field(1.0, description="A page is settled when the network was quiet for this many seconds.")
    settle_limit: Seconds = Field(
        10.0, description="Seconds after the load event at which a page counts as settled anyway."
    )
    browser: str = Field("", description="Path of the Chromium to use; default: the first one found.")
    width: PositiveInt = Field(1366, description="Width of the browser's window, in CSS pixels.")
    height: PositiveInt = Field(900, description="Height of the browser's window, in CSS pixels.")
    resolver: str = Field(
        "",
        description="DNS server that is asked for other names of the shop's hosts, such as 127.0.0.1:5353; default: the system's.",
    )

    @field_validator("resolver")
    @classmethod
    def _server(cls, value: str) -> str:
        try:
            parts = urlsplit(f"//{value}")
            port, host = parts.port, ipaddress.ip_address(parts.hostname or "") if value else None
        except ValueError:
            host, port = None, 0
        if value and (host is None or port == 0):
            raise ValueError(f"'{value}' is not the IP address of a DNS server, such as 127.0.0.1 or 127.0.0.1:5353")
        return value


class Consent(Section):
    """What the shop's owner declares about cookies."""

    necessary: tuple[str, ...] = Field(
        (), description="Cookie and storage names that are strictly necessary (shell patterns)."
    )
    filter_lists: tuple[str, ...] = Field(
        (), description="Files of filter lists (Adblock Plus syntax); what they name counts as tracking."
    )


class Gate(Section):
    """What blocks a release."""

    fail_on: Literal["error", "warning", "notice", "never"] = Field("error", description="Lowest severity that blocks.")
    baseline: str = Field("", description="Path of the baseline file.")
    waivers: str = Field("", description="Path of the waivers file.")
    allow_unknown: tuple[str, ...] = Field((), description="Rules that may stay unknown or broken without blocking.")
    min_pages: PositiveInt = Field(1, description="Fewer crawled pages than this could not be judged (exit 2).")


class Config(Section):
    """Everything that one audit is told; stored in the run's manifest as it is."""

    shop: str = Field("", description="Address of the shop.")
    profile: tuple[Profile, ...] = Field(("eu",), description="Where the shop sells.")
    user_agent: str = Field(
        "", description="Product token put in front of the honest User-Agent; default: storefront-auditor."
    )
    contact: str = Field("", description="Address in the User-Agent where the shop's operators can reach you.")
    tls_verify: bool = Field(True, description="Refuse bad certificates.")
    ca_file: str = Field("", description="PEM file of an extra certificate authority (staging shops).")
    rules: tuple[str, ...] = Field((), description="Run only these rules.")
    disable: tuple[str, ...] = Field((), description="Do not run these rules.")
    reports: tuple[str, ...] = Field(("html", "csv", "json"), description="Formats of the reports that are written.")
    crawl: Crawl = Crawl()
    visits: Visits = Visits()
    consent: Consent = Consent()
    gate: Gate = Gate()

    @field_validator("shop")
    @classmethod
    def _address(cls, value: str) -> str:
        return shop_address(value) if value.strip() else ""

    @field_validator("profile", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class Secrets(Section):
    """Credentials of a staging shop, from the environment; never stored, never printed."""

    basic_auth: str = Field("", repr=False)  # AUDITOR_BASIC_AUTH="user:password"
    headers: tuple[tuple[str, str], ...] = Field((), repr=False)  # AUDITOR_HEADERS, one "Name: value" a line
    cookies: tuple[tuple[str, str], ...] = Field((), repr=False)  # AUDITOR_COOKIES="name=value; name2=value2"

    def given(self) -> list[str]:
        """Names of the kinds of secret that are set: what a resumed run must be given again."""
        return [name for name in type(self).model_fields if getattr(self, name)]

    def masked(self, text: str) -> str:
        """``text`` without the secrets, for logs and messages of errors that others raised."""
        for value in sorted(self._values(), key=len, reverse=True):
            text = text.replace(value, "…")
        return text

    def _values(self) -> set[str]:
        password = self.basic_auth.partition(":")[2]
        encoded = base64.b64encode(self.basic_auth.encode()).decode()
        pairs = [*(f"{name}: {value}" for name, value in self.headers), *("=".join(pair) for pair in self.cookies)]
        bare = {password, encoded, *(value for _, value in (*self.headers, *self.cookies))}
        # A very short value would tear holes into every text; it is hidden where it stands with its name.
        return {self.basic_auth, *pairs, *(value for value in bare if len(value) >= 4)} - {""}


class ConfigError(Exception):
    """Wrong usage or configuration, told in a sentence that names the mistake; the command line exits with 3."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(f"{path}: {message}" if path else message)


# --- addresses --------------------------------------------------------------------------------------------------


def shop_address(written: str) -> str:
    """The shop's address, with a scheme and a path. Raises ValueError that never repeats credentials."""
    text = written.strip()
    if "://" not in text:
        text = f"{_scheme_for(text)}://{text}"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"this is not an address: {error}") from error
    if parts.username is not None or parts.password is not None:
        raise ValueError(
            "the address holds a user name or password; give them in the environment variable "
            "AUDITOR_BASIC_AUTH (user:password), so that they are stored nowhere"
        )
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"'{written}' begins with {parts.scheme}://; only http:// and https:// can be audited")
    if not _HOST.fullmatch(host):
        raise ValueError(f"'{written}' is not the address of a shop, such as https://www.shop.example/")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _scheme_for(text: str) -> str:
    """A shop on this machine rarely has a certificate, all others should."""
    host = host_of(f"//{text}")
    return "http" if host == "localhost" or host.endswith(".localhost") or host.startswith("127.") else "https"


# --- reading ----------------------------------------------------------------------------------------------------


def find(folder: Path) -> Path | None:
    """The configuration file of a folder: ``auditor.toml``, else a ``pyproject.toml`` with ``[tool.auditor]``."""
    own, shared = folder / FILE, folder / "pyproject.toml"
    if own.is_file():
        return own
    return shared if shared.is_file() and "auditor" in _read_toml(shared).get("tool", {}) else None


def build(
    *,
    stored: Mapping[str, Any] | None = None,
    file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    flag_name: Callable[[str], str] = str,
) -> Config:
    """The configuration from a run's manifest, a file, and flags by dotted key (``crawl.max_pages``); later ones win."""
    values = dict(stored or {})
    _validated(values, lambda key: f"the run's configuration: {key}")
    if file is not None:
        written = _anchored(read_file(file), file.parent)
        _validated(written, str, file)
        values = _merged(values, written)
    if flags:
        values = _merged(values, _anchored(_nested(flags), Path.cwd()))
    return _validated(values, flag_name)


def read_file(path: Path) -> dict[str, Any]:
    """The auditor's table of a TOML file, unchecked."""
    data = _read_toml(path)
    return data.get("tool", {}).get("auditor", {}) if path.name == "pyproject.toml" else data


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError("there is no such file", path) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text", path) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}", path) from error


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        section, _, name = key.rpartition(".")
        (nested.setdefault(section, {}) if section else nested)[name] = value
    return nested


def _merged(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _anchored(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """``values`` with relative paths made absolute, so that they hold wherever the run is judged again.

    A browser may also be a bare command, which is looked for on the PATH.
    """
    anchored = {key: dict(value) if isinstance(value, Mapping) else value for key, value in values.items()}
    for key in PATHS:
        section, _, name = key.rpartition(".")
        table = anchored.get(section, {}) if section else anchored
        value = table.get(name) if isinstance(table, dict) else None
        if isinstance(value, list | tuple):
            table[name] = [_absolute(folder, one) if isinstance(one, str) else one for one in value]
        elif isinstance(value, str) and value and (name != "browser" or "/" in value):
            table[name] = _absolute(folder, value)
    return anchored


def _absolute(folder: Path, value: str) -> str:
    return str((folder / Path(value).expanduser()).absolute())


def _validated(values: Mapping[str, Any], name: Callable[[str], str], path: Path | None = None) -> Config:
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(mistakes(error, Config, name)), path) from None


def read_secrets(environment: Mapping[str, str] = os.environ) -> Secrets:
    """The secrets in the environment. Raises ConfigError that names the variable and never repeats its value."""
    auth = environment.get("AUDITOR_BASIC_AUTH", "")
    if auth and not auth.partition(":")[1]:
        raise ConfigError("AUDITOR_BASIC_AUTH must be user:password (there is no colon in it)")
    return Secrets(
        basic_auth=_sendable("AUDITOR_BASIC_AUTH", auth),
        headers=tuple(_pairs("AUDITOR_HEADERS", environment, "\n", ":", "one 'Name: value' a line")),
        cookies=tuple(_pairs("AUDITOR_COOKIES", environment, ";", "=", "'name=value; name2=value2'")),
    )


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2: names of headers and of cookies


def _pairs(
    variable: str, environment: Mapping[str, str], between: str, inside: str, shape: str
) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(environment.get(variable, "").split(between), 1):
        if not part.strip():
            continue
        name, found, value = (piece.strip() for piece in part.partition(inside))
        if not found or not _TOKEN.fullmatch(name):
            raise ConfigError(f"{variable} must be {shape}; entry {number} is not")
        yield name, _sendable(f"{variable}, entry {number},", value)


def _sendable(what: str, value: str) -> str:
    if not value.isprintable():
        raise ConfigError(f"{what} holds characters that cannot be sent in a header")
    return value


# --- mistakes in plain words ------------------------------------------------------------------------------------


def fields(model: type[BaseModel] = Config, prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of the configuration (``crawl.max_pages``) with its field."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from fields(field.annotation, f"{name}.")
        else:
            yield f"{prefix}{name}", field


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like ``word``; "" when none is close."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def mistakes(error: ValidationError, model: type[BaseModel], name: Callable[[str], str] = str) -> list[str]:
    """What is wrong, a sentence each; ``name`` says how the reader knows a key (itself, or its flag)."""
    known = dict(fields(model))
    return list(dict.fromkeys(_mistake(item, known, name) for item in error.errors(include_url=False)))


def _mistake(item: Mapping[str, Any], known: Mapping[str, FieldInfo], name: Callable[[str], str]) -> str:
    place = [part for part in item["loc"] if isinstance(part, str)]
    key, is_item = ".".join(place), any(isinstance(part, int) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        return f"unknown key {key}{_nearest_key(key, known)}"
    if item["type"] == "missing":
        return f"{name(key)} is missing"
    if item["type"] == "string_pattern_mismatch":
        return f"{name(key)} must not be empty"
    if item["type"] == "value_error":
        return f"{name(key)}: {item['ctx']['error']}"
    if key not in known:
        return f"{key} must be a table: [{key}]"
    expected = _expected(known[key].annotation, known[key].metadata, is_item)
    subject = f"each item of {name(key)}" if is_item else name(key)
    return f"{subject} must be {expected}, not {_shown(item['input'])}"


def _nearest_key(key: str, known: Mapping[str, FieldInfo]) -> str:
    """The same word in another section, or with hyphens, is nearer than any spelling mistake."""
    section, _, word = key.replace("-", "_").rpartition(".")
    by_word = {one.rpartition(".")[2]: one for one in known}
    near = {one.rpartition(".")[2]: one for one in known if one.rpartition(".")[0] == section}
    near |= {} if section else {one.partition(".")[0]: f"[{one.partition('.')[0]}]" for one in known if "." in one}
    for choice in (by_word if word in by_word else near, by_word):
        if found := closest(word, choice):
            return f"; did you mean {choice[found]}?"
    return "; `auditor init` writes a file with every key"


def _expected(annotation: Any, metadata: list[Any], is_item: bool) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return "one of " + ", ".join(map(str, arguments))
    if origin is tuple:
        return _expected(arguments[0], [], False) if is_item else 'a list of texts, such as ["a", "b"]'
    if origin is types.UnionType:
        return _expected(arguments[0], metadata, is_item)
    low = next((item.ge for item in metadata if hasattr(item, "ge")), None)
    high = next((item.le for item in metadata if hasattr(item, "le")), None)
    bounds = f" from {low:,} to {high:,}" if high is not None else f" of at least {low:,}" if low is not None else ""
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    return words.get(annotation, f"a {getattr(annotation, '__name__', 'value')}") + bounds


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
