"""What forms ask for, what they are for, and what they are called in findings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from auditor.legal import path_of
from auditor.model import Form, FormField, Page, Pages
from auditor.site import Site
from auditor.urls import host_of

UNTYPED = frozenset(
    {"hidden", "submit", "button", "image", "reset", "checkbox", "radio", "file", "search", "range", "color"}
)
BOXES = frozenset({"checkbox", "radio"})
# Without one of these, or a name with an address, nobody can be told by what is typed.
TELLING = frozenset({"email", "phone", "birthday", "national-id"})
# Whoever signs in, leaves a list or looks up an order gives nothing that the shop does not have.
KNOWN_TO_SHOP = frozenset({"login", "leaving", "lookup"})
MAX_SAMPLES = 500  # pages that one form is told on


@dataclass
class Sighting:
    """One form of a shop with the pages that carry it."""

    subject: str
    purpose: str
    form: Form
    page: Page
    urls: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def pages(self) -> Pages:
        told = Pages.of(self.urls)
        return Pages(count=max(self.count, told.count), samples=told.samples)

    @property
    def asked(self) -> frozenset[str]:
        return asked(self.form)


def sightings(site: Site) -> list[Sighting]:
    """The forms that ask for personal data or hold boxes, one a form, whatever page carries it; in the order of the pages."""
    found: dict[tuple[str, Form], Sighting] = {}
    for page in site.pages():
        for form in page.forms:
            if not asked(form):
                continue
            subject = subject_of(site, page, form)
            one = found.setdefault((subject, _shape(form)), Sighting(subject, purpose(form), form, page))
            one.count += 1
            if len(one.urls) < MAX_SAMPLES:
                one.urls.append(page.url)
    return list(found.values())


def _shape(form: Form) -> Any:
    """What must be equal for two forms to be the same one on two pages."""
    return form.method, form.fields, form.text[:200], form.links is None


def personal(form: Form) -> bool:
    """Whether what is typed tells who the person is."""
    kinds = asked(form)
    return bool(kinds & TELLING) or {"name", "address"} <= kinds


@lru_cache(maxsize=4096)
def asked(form: Form) -> frozenset[str]:
    """The kinds of personal data that a form's fields ask for."""
    return frozenset(kind for item in form.fields if (kind := kind_of(item)))


@lru_cache(maxsize=8192)
def kind_of(item: FormField) -> str:
    """What a field asks for: email, phone, name, address, birthday, gender, national-id, card, card-code, password, "" = nothing personal."""
    if item.kind in UNTYPED - {"radio"}:
        return ""
    by_type = {"email": "email", "tel": "phone", "password": "password"}.get(item.kind, "")
    token = item.autocomplete.rpartition(" ")[2]
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"([a-z])([A-Z])", r"\1-\2", item.name).lower()).strip("-")
    for kind, fits in _kinds():
        if item.kind == "radio" and kind != "gender":
            continue
        if fits(token, name, item.label) and not (by_type and kind in ("name", "address")):
            # A number that is typed as a telephone may be anything that has digits.
            return kind
    return by_type


@cache
def _kinds() -> list[tuple[str, Any]]:
    return [(one["name"], _fitting(one)) for one in _toml("fields")["kind"]]


def _fitting(one: dict[str, list[str]]) -> Any:
    names, labels, unlike, tokens = (
        re.compile("|".join(one[key]) or r"(?!)", re.IGNORECASE)
        for key in ("names", "labels", "unlike", "autocomplete")
    )

    def fits(token: str, name: str, label: str) -> bool:
        if token and tokens.fullmatch(token):
            return True
        return bool(names.search(name) or labels.search(label)) and not unlike.search(f"{name} {label}")

    return fits


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def words(group: str, key: str = "words") -> re.Pattern[str]:
    """A group of words.toml as one pattern."""
    return re.compile("|".join(_toml("words")[group][key]), re.IGNORECASE)


# --- what a form is for ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def purpose(form: Form) -> str:
    """newsletter, login, register, checkout, contact, leaving, lookup or other."""
    kinds, typed = asked(form), [item for item in form.fields if item.kind not in UNTYPED]
    told = f"{urlsplit(form.action).path} {form.name} {' '.join(item.name for item in form.fields)}"
    said = f"{told} {form.text}"
    passwords = sum(item.kind == "password" for item in form.fields)
    if any("current-password" in item.autocomplete for item in typed) or (passwords == 1 and len(typed) <= 2):
        return "login" if not words("purpose", "register").search(told) else "register"
    if passwords:
        return "register"
    if kinds <= {"email", "phone"} and words("purpose", "leaving").search(told):
        return "leaving"
    if len(typed) <= 2 and not _writes(form) and words("purpose", "lookup").search(said) and not _is_letter(told):
        return "lookup"
    if "address" in kinds or words("purpose", "checkout").search(told):
        return "checkout"
    if _writes(form):
        return "contact"
    if "email" in kinds and (_is_letter(said) or len(typed) == 1):
        return "newsletter"
    return "register" if words("purpose", "register").search(said) else "other"


def _writes(form: Form) -> bool:
    return any(item.kind == "textarea" for item in form.fields)


def _is_letter(text: str) -> bool:
    return words("purpose", "newsletter").search(text) is not None


# --- what a form is called -------------------------------------------------------------------------------------------


def subject_of(site: Site, page: Page, form: Form) -> str:
    """``newsletter form /newsletter``: the same on every page that carries it, and from run to run."""
    return f"{purpose(form)} form {_where(site, page, form)}"


def _where(site: Site, page: Page, form: Form) -> str:
    if not site.own(form.action):
        return f"{host_of(form.action)}{_steady(urlsplit(form.action).path)}"
    path, here = urlsplit(form.action).path.rstrip("/"), urlsplit(page.url).path.rstrip("/")
    if path == here:
        # "/*" is any page at the top: those have names of their own.
        return page.template or (page.shape if page.shape.count("/") > 1 else "") or path_of(page.url)
    if here and path.startswith(f"{here}/"):
        return f"{page.shape or here}{path[len(here) :]}"
    return _steady(path or "/")


def _steady(path: str) -> str:
    return re.sub(r"\d+", "*", path)


def boxes(form: Form) -> Iterator[FormField]:
    """The boxes and radio buttons of a form that a visitor sees."""
    return (item for item in form.fields if item.kind in BOXES)
