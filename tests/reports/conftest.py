"""Hand-made runs for the reports: a small shop with every kind of result, and the same with hostile text everywhere."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from auditor.config import Config
from auditor.model import (
    Cause,
    CollectorFailure,
    ConsentAction,
    ConsentUi,
    Cookie,
    CookieWrite,
    Finding,
    Page,
    Pages,
    Request,
    Result,
    StorageItem,
    Unknown,
    ValueShape,
    Visit,
    fingerprint,
)
from auditor.shelves import Rule
from auditor.site import Site
from auditor.store import Address, Run
from auditor.view import Verdict, View

CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
SHOP = "https://www.fernhill-supply.shop/"
SECRET = "s3cr3t-value-of-a-cookie-0123456789"


def png(width: int, height: int, grey: int = 200) -> bytes:
    """A one-coloured greyscale picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def make_rule(id: str, **changes: Any) -> Rule:
    """A rule that never runs."""
    fields = {
        "id": id,
        "family": "consent",
        "severity": "error",
        "needs": ("pages",),
        "articles": {"eu": ("GDPR Art. 13",), "kr": ("PIPA Art. 30",)},
        "severities": {},
        "languages": (),
        "title": f"What {id} says.",
        "why": "It matters to the visitor.",
        "fix": "Mend the template.",
        "judge": lambda site: iter(()),
    }
    return Rule(**{**fields, **changes})


class Shop:
    """Writes a run record by record; defaults are sane, a test overrides what it is about."""

    def __init__(self, folder: Path, **config: Any) -> None:
        self.run = Run.create(folder)
        self.config = Config.model_validate({"shop": SHOP, **config})
        self.results: list[Result] = []
        self.rules: dict[str, Rule] = {}
        self.standing: dict[str, str] = {}
        notes = {
            "start_url": SHOP,
            "versions": {"auditor": "0.1.0", "scrapy": "2.19.1"},
            "browser": {"product": "Chrome/156.0", "path": "/opt/browser", "third_party_cookies": True},
            "started": "2026-11-25T02:10:00+00:00",
            "ended": "2026-11-25T02:14:30+00:00",
            "crawl": {"pages": 3, "skipped": 0, "ended": "complete", "trouble": ""},
            "complete": True,
        }
        for key, value in notes.items():
            self.run.note(key, value)

    def page(self, path: str, **fields: Any) -> str:
        url = SHOP + path.lstrip("/")
        page = Page(**{"url": url, "status": 200, "content_type": "text/html", "template": "home", **fields})
        self.run.offer([Address(key=url, url=url)])
        return self.run.finish(self.run.take(), page, [], [])

    def visit(self, scenario: str, *records: Any, **fields: Any) -> str:
        visit = Visit(**{"url": SHOP, "scenario": scenario, "profile": f"{scenario}-1", **fields})
        return self.run.add_visit(visit, records)

    def result(self, rule: str, outcome: str, *findings: Finding, standing: str = "new", **fields: Any) -> None:
        made = self.rules.setdefault(rule, make_rule(rule))
        given = {"rule": rule, "family": made.family, "severity": made.severity, "outcome": outcome}
        self.results.append(Result(**{**given, "findings": findings, **fields}))
        self.standing.update({fingerprint(rule, finding.subject): standing for finding in findings})

    def view(self, exit_code: int = 1, headline: str = "2 new findings block the release.") -> View:
        verdict = Verdict(
            exit_code=exit_code,
            headline=headline,
            reasons=("2 errors are neither in the baseline nor waived.",),
            standing=self.standing,
        )
        results = tuple(self.results)
        return View(site=Site(self.run, self.config), rules=self.rules, results=results, verdict=verdict)


def finding(subject: str, **fields: Any) -> Finding:
    given = {"message": f"{subject} is at fault.", "subject": subject, "evidence": ("page:1",)}
    return Finding(**{**given, **fields})


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[Callable[..., Shop]]:
    """Makes shops, each with its run in a folder of its own."""
    shops: list[Shop] = []

    def make(**config: Any) -> Shop:
        shops.append(Shop(tmp_path / f"run-{len(shops)}", **config))
        return shops[-1]

    yield make
    for shop in shops:
        shop.run.close()


@pytest.fixture
def fernhill(new_shop: Callable[..., Shop]) -> Shop:
    """A shop with cookies, third parties, a failed collector, and results of every outcome and standing."""
    shop = new_shop(profile=("eu", "kr"))
    shop.page("/", title="Fernhill Supply")
    shop.page("/product/1", template="/product/*", title="Trowel")
    shop.page("/privacy", template="/privacy", title="Privacy policy", legal=("privacy",), status=404)
    key = shop.run.value_key()
    tracker = Cookie(visit="", phase="before", name="_fbp", domain=".fernhill-supply.shop", lifetime=7_776_000.0)
    foreign = Cookie(visit="", phase="after", name="IDE", domain=".ads.test", third_party=True, lifetime=34_000_000.0)
    write = CookieWrite(visit="", phase="before", via="document.cookie", name="_fbp", value=ValueShape.of(SECRET, key))
    item = StorageItem(visit="", phase="before", area="localStorage", origin=SHOP.rstrip("/"), key="_uid")
    request = Request(
        visit="", phase="before", url="https://ads.test/p.gif?id=…", third_party=True, cause=Cause(url=SHOP, line=12)
    )
    shop.visit("untouched", tracker, write, item, request, ConsentUi(visit="", present=True))
    action = ConsentAction(visit="", action="accept", confirmed=True)
    shop.visit("accepted", tracker, foreign, request, action)
    failure = CollectorFailure(visit="", collector="storage", reason="the frame was gone")
    shop.visit("rejected", ConsentUi(visit="", present=True), failure)
    picture = shop.run.put_blob(png(320, 200))
    shop.result(
        "cookie-before-consent",
        "fail",
        finding(
            "_fbp (first party)",
            message="The advertising cookie _fbp is set before any choice.",
            pages=Pages.of(f"{SHOP}product/{n}" for n in range(1234)),
            cause="https://ads.test/tag.js, line 1",
            screenshot=picture,
            evidence=("cookie:1", "cookie_write:1"),
        ),
        finding("_uid (first party)", screenshot=picture, pages=Pages.of([SHOP])),
    )
    shop.result(
        "contact-missing",
        "fail",
        finding("/privacy e-mail", quote="send an e-mail to.", before="please ", after=" Then", confidence="medium"),
        standing="known",
        severity="warning",
    )
    shop.result("banner-missing", "pass")
    unclear = Unknown(reason="the reject button had no effect", evidence=("visit:3",), pages=Pages.of([SHOP]))
    shop.result("cookie-after-reject", "unknown", unknowns=(unclear,))
    shop.result("dummy-text", "error", reason="Traceback:\n  KeyError: 'x'\n")
    shop.result("terms-link-missing", "inapplicable", reason="applies only where one sells to: de")
    return shop


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Tab]:
    """A tab that fails the test when the report writes to the console, breaks, or asks for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or trouble.append(request.url))
    yield page
    page.close()
    assert trouble == []
