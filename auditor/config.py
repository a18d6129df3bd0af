"""The configuration: read once, checked, frozen.

Sources, the later wins: the defaults below, ``auditor.toml`` (else ``[tool.auditor]`` in ``pyproject.toml``), the
command line. Secrets for staging shops never stand in a file: they come from the environment (``Secrets``) and are
never stored in a run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from auditor.model import PROFILES, SCENARIOS

Profile = Literal["eu", "de", "fr", "uk", "us-ca", "kr", "cn", "jp", "br", "qc"]
Scenario = Literal["untouched", "rejected", "accepted"]
assert set(Profile.__args__) == set(PROFILES) and set(Scenario.__args__) == set(SCENARIOS)

PositiveInt = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(ge=0)]


class Section(BaseModel):
    """A table of ``auditor.toml``: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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
    width: PositiveInt = 1366
    height: PositiveInt = 900


class Consent(Section):
    """What the shop's owner declares about cookies."""

    necessary: tuple[str, ...] = Field(
        (), description="Cookie and storage names that are strictly necessary (shell patterns)."
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
    crawl: Crawl = Crawl()
    visits: Visits = Visits()
    consent: Consent = Consent()
    gate: Gate = Gate()

    @field_validator("profile", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class Secrets(Section):
    """Credentials of a staging shop, from the environment; never stored, never printed."""

    basic_auth: str = Field("", repr=False)  # AUDITOR_BASIC_AUTH="user:password"
    headers: tuple[tuple[str, str], ...] = Field((), repr=False)  # AUDITOR_HEADERS, one "Name: value" a line
    cookies: tuple[tuple[str, str], ...] = Field((), repr=False)  # AUDITOR_COOKIES="name=value; name2=value2"


class ConfigError(Exception):
    """Wrong usage or configuration, told in a sentence that names the mistake; the command line exits with 3."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(f"{path}: {message}" if path else message)
