"""Runs rule cases: for our own rules and for those of outside teams.

A case file is TOML, one a rule, named after it (``cookie-before-consent.toml``), a list of ``[[case]]`` tables::

    [[case]]
    name = "a marketing cookie is set before any choice"
    outcome = "fail"                      # pass | fail | unknown | inapplicable
    subjects = ["_fbp (first party)"]     # the subjects of all findings, no more and no fewer
    quotes = ["…"]                        # optional: the quotes of all findings
    profile = ["eu"]                      # optional, default ["eu"]
    config = { consent = { necessary = ["x*"] } }   # optional
    manifest = { started = "2026-03-01T02:00:00Z" }   # optional: what the run notes about itself

    [[case.page]]                         # html goes through the real extraction; other keys are fields of Page
    url = "/"
    html = "<footer><a href='/privacy'>Privacy</a></footer>"

    [[case.visit]]                        # fields of Visit, and lists of its records
    url = "/"
    scenario = "untouched"
    html = "<html>…</html>"               # optional: the rendered DOM
    cookie = [{ name = "_fbp", value = "fb.1.1700000000000.123456789" }]
    request = [{ url = "https://tracker.example/p.gif?id=1" }]
    write = []                            # cookie writes
    storage = []
    banner = [{ present = true, buttons = [{ text = "OK", role = "accept" }] }]
    action = [{ action = "reject", confirmed = true }]
    call = []                             # calls that scripts made (ApiCall)
    signal = []                           # what consent frameworks answered (ConsentSignal)
    failure = []                          # collector failures

    [[case.alias]]                        # what a host resolves to
    host = "metrics.fernhill-supply.shop"
    aliases = ["fernhill.tracker.example"]

Addresses are relative to ``shop`` (default ``https://www.fernhill-supply.shop/``). ``value`` is given in clear and stored as
its shape; ``third_party`` and ``phase`` have sensible defaults, and a request's parameters are read from its address.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from pydantic import TypeAdapter

from auditor import shelves
from auditor.config import Config
from auditor.judge import judge_one
from auditor.model import (
    ApiCall,
    CollectorFailure,
    ConsentAction,
    ConsentSignal,
    ConsentUi,
    Cookie,
    CookieWrite,
    HostAlias,
    Page,
    Request,
    Result,
    StorageItem,
    ValueShape,
    Visit,
)
from auditor.site import ACTION_OF, Site
from auditor.store import Address, Run
from auditor.urls import host_of, redacted, same_site, site_of

SHOP = "https://www.fernhill-supply.shop/"
LISTS = {
    "cookie": Cookie,
    "write": CookieWrite,
    "storage": StorageItem,
    "request": Request,
    "banner": ConsentUi,
    "action": ConsentAction,
    "call": ApiCall,
    "signal": ConsentSignal,
    "failure": CollectorFailure,
}


def read_cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case below a folder, with the id of the rule that it is about."""
    for path in sorted(folder.rglob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield path.stem, case


def check_case(rule_id: str, case: Mapping[str, Any], folder: Path) -> None:
    """Judge the case's evidence, written as a run into the empty ``folder``; AssertionError says what differs."""
    result = run_case(rule_id, case, folder)
    told = result.reason or "; ".join(unknown.reason for unknown in result.unknowns)
    subjects = [finding.subject for finding in result.findings]
    assert result.outcome == case["outcome"], f"outcome is {result.outcome} ({told or subjects})"
    assert sorted(subjects) == sorted(case.get("subjects", [])), f"subjects are {subjects}"
    if "quotes" in case:
        quotes = [finding.quote for finding in result.findings]
        assert sorted(quotes) == sorted(case["quotes"]), f"quotes are {quotes}"


def run_case(rule_id: str, case: Mapping[str, Any], folder: Path) -> Result:
    """The result of one rule on the case's evidence."""
    shop = case.get("shop", SHOP)
    settings = {"shop": shop, "profile": tuple(case.get("profile", ["eu"])), **case.get("config", {})}
    with Run.create(folder) as run:
        for key, value in {"start_url": shop, **case.get("manifest", {})}.items():
            run.note(key, value)
        for page in case.get("page", []):
            _add_page(run, shop, page)
        for order, visit in enumerate(case.get("visit", [])):
            _add_visit(run, shop, visit, order)
        for alias in case.get("alias", []):
            run.add(TypeAdapter(HostAlias).validate_python(alias))
        return judge_one(shelves.rules()[rule_id], Site(run, Config.model_validate(settings)))


def _add_page(run: Run, shop: str, given: Mapping[str, Any]) -> None:
    fields = dict(given)
    url, html = urljoin(shop, fields.pop("url")), fields.pop("html", "")
    for name in ("redirect_to", "referrer"):
        if fields.get(name):
            fields[name] = urljoin(shop, fields[name])
    keep = fields.pop("keep", True)
    fields = {"status": 200, "content_type": "text/html", **fields}
    if html:
        page, blocks = shelves.spiders().page_from_html(url, html, **fields)
        page = dataclasses.replace(page, html=run.put_blob(html.encode()) if keep else "")
    else:
        page, blocks = TypeAdapter(Page).validate_python({"url": url, **fields}), []
    blocks = [] if page.found_by == "probe" else blocks
    run.offer([Address(key=url, url=url)])
    run.finish(run.take(), page, blocks, [])


def _add_visit(run: Run, shop: str, given: Mapping[str, Any], order: int) -> None:
    fields = dict(given)
    lists = {name: fields.pop(name, []) for name in LISTS}
    fields["url"] = url = urljoin(shop, fields["url"])
    scenario = fields.setdefault("scenario", "untouched")
    if fields.get("html"):
        fields["html"] = run.put_blob(fields["html"].encode())
    defaults = {"order": order, "profile": f"{scenario}-1", "final_url": url, "status": 200}
    visit = TypeAdapter(Visit).validate_python({**defaults, **fields})
    phase = "after" if scenario in ACTION_OF else "before"
    records = [_record(run, shop, url, cls, item, phase) for name, cls in LISTS.items() for item in lists[name]]
    run.add_visit(visit, records)


def _record(run: Run, shop: str, page_url: str, cls: type, given: Mapping[str, Any], phase: str) -> Any:
    names = cls.__dataclass_fields__
    fields = {"visit": "", **given}
    if "phase" in names:
        fields.setdefault("phase", phase)
    if isinstance(fields.get("value"), str):
        fields["value"] = _shape(run, fields["value"])
    if cls in (Cookie, CookieWrite):
        fields.setdefault("domain", host_of(shop))
        fields.setdefault("third_party", site_of(fields["domain"].lstrip(".")) != site_of(host_of(shop)))
    if cls in (CookieWrite, ApiCall):
        fields.setdefault("url", page_url)
    if cls is Request:
        fields["body"] = {name: _shape(run, value) for name, value in fields.get("body", {}).items()}
    if cls is StorageItem:
        fields.setdefault("origin", shop.rstrip("/"))
        fields.setdefault("third_party", not same_site(fields["origin"], shop))
    if cls is Request:
        fields["url"] = urljoin(shop, fields["url"])
        fields.setdefault("third_party", not same_site(fields["url"], shop))
        fields.setdefault("frame", page_url)
        if "params" not in fields:
            fields["url"], fields["params"] = redacted(fields["url"], run.value_key())
    return TypeAdapter(cls).validate_python(fields)


def _shape(run: Run, value: Any) -> Any:
    """A value given in clear as its shape; other values are shapes already."""
    return ValueShape.of(value, run.value_key()) if isinstance(value, str) else value
