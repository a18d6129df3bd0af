"""Hostile and broken shops cost a visit, never the run; and nothing of a browser is left behind."""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from banners import bar, buttons, page
from certificates import Authority, self_signed
from shopserver import Answer, redirect

from auditor.config import Config, Secrets
from auditor.model import CollectorFailure, ConsentAction, Cookie, Request, Visit
from auditor.progress import Silent
from auditor.spiders import browser
from auditor.spiders.visits import visit_scenario
from auditor.store import Run

pytestmark = pytest.mark.xdist_group("robust")

TEXT = ("Content-Type", "text/html; charset=utf-8")
GOOD = "<title>Good</title><p>Paper"


def outcomes(seen) -> dict[str, tuple[str, str]]:
    return {"/" + v.url.split("/", 3)[3]: (v.outcome, v.reason) for v in seen.site.visits_in("untouched")}


async def test_bad_pages_cost_one_visit_each(visit, shop):
    never = threading.Event()
    pages = {
        "/": GOOD,
        "/hangs": Answer("", wait=never),
        "/download": Answer("PK", 200, (("Content-Type", "application/zip"), ("Content-Disposition", "attachment"))),
        "/broken": Answer("", 500),
        "/login": Answer("", 401, (TEXT, ("WWW-Authenticate", "Basic"))),
        "/gone": redirect("http://127.0.0.1:1/"),
        "/circle": redirect("/circle"),
        "/dialogs": "<title>D</title><script>alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'; window.open('/', '_blank')</script>",
        "/picture": "<title>P</title><img src=/hangs>",
        "/leaves": "<title>L</title><script>location.href = '/end'</script>",
        "/end": GOOD,
    }
    server = shop(pages)
    paths = tuple(path for path in pages if path not in ("/", "/end"))
    try:
        seen = await visit(server.url, paths=(*paths, "/end"), visits={"timeout": 2.0})
    finally:
        never.set()
    told = outcomes(seen)
    failed = {path: reason for path, (outcome, reason) in told.items() if outcome == "failed"}
    assert failed == {
        "/hangs": "the shop did not answer within 2 seconds",
        "/download": failed["/download"],
        "/broken": "the shop answered with status 500",
        "/login": failed["/login"],
        "/gone": failed["/gone"],
        "/circle": "the page could not be loaded (net::ERR_TOO_MANY_REDIRECTS)",
    }
    assert "download" in failed["/download"] or "ERR_ABORTED" in failed["/download"]
    assert "login" in failed["/login"] or "ERR_INVALID_AUTH" in failed["/login"]
    assert failed["/gone"].startswith("the page could not be loaded (net::ERR_")
    assert list(told)[-1] == "/end" and told["/end"] == ("ok", "")
    (leaving,) = [v for v in seen.site.visits_in("untouched") if v.url.endswith("/leaves")]
    assert leaving.final_url == server.at("/end") and leaving.title == "Good"


async def test_endless_script(visit, shop):
    pages = {"/": GOOD, "/endless": "<title>E</title><script>onload = () => { for (;;); }</script>", "/p": GOOD}
    seen = await visit(shop(pages).url, paths=("/endless", "/p"), visits={"timeout": 2.0, "settle_limit": 0.5})
    told = outcomes(seen)
    assert told["/endless"] == ("failed", "the page does not respond: a script of it does not end")
    assert told["/p"] == ("ok", "")


class Flood:
    """A server whose answers below /big are 200 MB long, and below /endless without an end; it counts what it sent."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.sent = pages, Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://flood.localhost:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(flood) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind = self.path.rpartition(".")[2]
                self.send_response(200)
                self.send_header("Content-Type", TYPES.get(kind, "text/html"))
                self.end_headers()
                chunk = (b"<p>paper</p>" if kind == "html" else b"0;paper+1;") * 6_000
                try:
                    if self.path in flood.pages:
                        self.wfile.write(flood.pages[self.path].encode())
                        return
                    while self.path != "/favicon.ico" and (
                        self.path.startswith("/endless") or flood.sent[self.path] < 200_000_000
                    ):
                        self.wfile.write(chunk)
                        flood.sent[self.path] += len(chunk)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None: ...

        return Handler


TYPES = {"png": "image/png", "js": "text/javascript", "json": "application/json", "css": "text/css"}


async def test_answers_that_do_not_end(visit):
    pages = {"/": GOOD, "/image": "<title>I</title><img src=/endless.png>", "/script": "<title>S</title><script src=/big.js></script>",
             "/asks": "<title>F</title><script>fetch('/endless.json').then((r) => r.text())</script>",
             "/worker": "<title>W</title><script>new Worker('data:text/javascript,fetch(\"' + location.origin + '/endless.css\",{mode:\"no-cors\"})')</script>",
             "/last": GOOD}  # fmt: skip
    flood = Flood(pages)
    try:
        paths = ("/big.html", "/endless.html", "/image", "/script", "/asks", "/worker", "/last")
        seen = await visit(flood.url, paths=paths, visits={"timeout": 3.0})
    finally:
        flood.close()
    told = outcomes(seen)
    # Chromium takes no more from the server than it has read: a slow machine is cut short by time, a fast one by size.
    large = {("failed", "the page is larger than 20 MB"), ("failed", "the page did not load within 3 seconds")}
    assert {told["/big.html"], told["/endless.html"]} <= large and {told["/"], told["/last"]} == {("ok", "")}
    assert {told["/image"], told["/asks"]} == {("ok", "")}
    assert told["/script"] in {("ok", ""), ("failed", "the page did not load within 3 seconds")}
    assert told["/worker"][0] == "ok" or told["/worker"][1].endswith("is larger than 50 MB")
    lost = {f.reason for f in seen.all(CollectorFailure, "untouched") if f.collector == "requests"}
    assert lost == {"an answer of more than 50 MB was cut short"}
    assert max(flood.sent.values()) < 600_000_000, "two loadings, each cut short"
    assert {v.profile for v in seen.site.visits_in("untouched")} == {"untouched-1"}


async def test_crash_of_the_page(visit, shop, monkeypatch):
    """A renderer that is killed, as the system does when memory runs out."""
    from auditor.spiders.visitor import Visitor

    look = Visitor._look

    async def crashing(self, tab, draft, order):
        if draft.url.endswith("/crash"):
            await tab.wire.send("Page.crash", limit=5)
        await look(self, tab, draft, order)

    monkeypatch.setattr(Visitor, "_look", crashing)
    seen = await visit(shop({"/": GOOD, "/crash": GOOD, "/p": GOOD}).url, paths=("/crash", "/p"))
    assert outcomes(seen) == {"/": ("ok", ""), "/crash": ("failed", "the page crashed"), "/p": ("ok", "")}
    assert {v.profile for v in seen.site.visits_in("untouched")} == {"untouched-1"}


async def test_end_of_the_browser(visit, shop, monkeypatch):
    from auditor.spiders.visitor import Visitor

    look = Visitor._look

    async def ending(self, tab, draft, order):
        if draft.url.endswith("/ends"):
            await tab.wire.send("Browser.close")
            await asyncio.sleep(5)
        await look(self, tab, draft, order)

    monkeypatch.setattr(Visitor, "_look", ending)
    seen = await visit(shop({"/": GOOD, "/ends": GOOD, "/p": GOOD}).url, paths=("/ends", "/p"))
    told = outcomes(seen)
    assert told["/ends"][0] == "failed" and told["/p"] == ("ok", "") and told["/"] == ("ok", "")


def profiles_in_use() -> set[str]:
    """The profile folders that any process was started with."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            found |= {word.decode() for word in words if word.startswith(b"--user-data-dir=")}
    return found


@pytest.fixture
def short_folder():
    """A folder for profiles: Chromium makes a socket in it, whose path may not be longer than 107 characters."""
    with tempfile.TemporaryDirectory(prefix="profiles-", dir="/tmp") as folder:
        yield folder


async def test_nothing_is_left_when_cancelled(shop, tmp_path, short_folder, monkeypatch):
    monkeypatch.setenv("TMPDIR", short_folder)
    monkeypatch.setattr(browser.tempfile, "tempdir", short_folder)
    never = threading.Event()
    server = shop({"/": Answer("", wait=never)})
    config = Config(shop=server.url)
    with Run.create(tmp_path / "run") as run:
        work = asyncio.ensure_future(
            visit_scenario(run, config, Secrets(), Silent(), "untouched", [(server.url, "home")])
        )
        while not server.asked:
            assert not work.done(), "the visits ended before the shop was asked for anything"
            await asyncio.sleep(0.05)
        mine = {profile for profile in profiles_in_use() if short_folder in profile}
        assert mine
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
    never.set()
    for _ in range(100):
        if not mine & profiles_in_use():
            break
        await asyncio.sleep(0.05)
    assert not mine & profiles_in_use()
    assert not [name for name in os.listdir(short_folder) if name.startswith("auditor-profile-")]


async def test_no_browser(tmp_path, shop):
    told = []

    class Notes(Silent):
        def note(self, text: str) -> None:
            told.append(text)

    server = shop({"/": GOOD})
    config = Config(shop=server.url, visits={"browser": "/nowhere/chromium"})
    with Run.create(tmp_path / "run") as run:
        await visit_scenario(run, config, Secrets(), Notes(), "untouched", [(server.url, "home")])
        (failed,) = run.fetch(Visit)
    assert failed.outcome == "failed" and failed.reason == told[0]
    assert told == ["visits.browser is /nowhere/chromium, but there is no program of that name"]


async def test_canary_is_recorded(visit, shop):
    seen = await visit(shop({"/": GOOD}).url)
    noted = seen.run.manifest()["browser"]
    assert (
        noted["third_party_cookies"] is True and noted["product"].startswith("Chrom") and os.path.exists(noted["path"])
    )


async def test_credentials_go_to_the_shop_alone(visit, shop):
    other = shop({"/p.gif": "x"})

    def guarded(asked):
        if asked.headers.get("authorization") != "Basic dXNlcjpwYXNz":
            return Answer("", 401, (TEXT, ("WWW-Authenticate", "Basic")))
        return f'<title>In</title><img src="{other.at("/p.gif")}"><img src="/own.gif">'

    server = shop({"/": guarded, "/own.gif": "x"})
    secrets = Secrets(basic_auth="user:pass", headers=(("X-Staging", "k1"),), cookies=(("gate", "open-sesame"),))
    seen = await visit(server.url, secrets=secrets)
    assert outcomes(seen) == {"/": ("ok", "")}
    own = {a.path: a.headers for a in server.asked}
    assert all(h["x-staging"] == "k1" and h["cookie"] == "gate=open-sesame" for h in own.values())
    (foreign,) = [a.headers for a in other.asked if a.path == "/p.gif"]
    assert not {"authorization", "x-staging", "cookie"} & set(foreign)
    assert not seen.all(Cookie, "untouched"), "the staging cookie is ours, not the shop's"
    assert "storefront-auditor/" in own["/"]["user-agent"] and "Headless" not in own["/"]["user-agent"]


async def test_certificates(visit, shop, tmp_path):
    authority = Authority.make(tmp_path)
    names = ("tls-shop.localhost", "tls-cdn.localhost")
    cdn = shop({"/x.css": "p{}"}, tls=authority.context(tmp_path, *names), host=names[1])
    own = shop(
        {"/": f'<title>T</title><link rel=stylesheet href="{cdn.at("/x.css")}">'},
        tls=authority.context(tmp_path, *names),
        host=names[0],
    )
    refused = await visit(own.url)
    assert outcomes(refused)["/"][1] == "the page could not be loaded (net::ERR_CERT_AUTHORITY_INVALID)"
    trusted = await visit(own.url, ca_file=str(authority.pem))
    assert outcomes(trusted) == {"/": ("ok", "")}
    anything = await visit(
        shop({"/": GOOD}, tls=self_signed(tmp_path, "own-tls.localhost"), host="own-tls.localhost").url,
        tls_verify=False,
    )
    assert outcomes(anything) == {"/": ("ok", "")}
    assert next(r.status for r in anything.all(Request, "untouched")) == 200


async def test_page_with_a_password_field_and_no_effects(visit, shop):
    """Nothing is submitted, nothing but pages is asked for."""
    body = page('<form method=post action="/order"><button>Order now</button></form><a href="/?add-to-cart=1">Add</a>')
    server = shop({"/": body})
    await visit(server.url, "untouched", "rejected", "accepted")
    assert {(a.method, a.target) for a in server.asked} <= {("GET", "/"), ("GET", "/favicon.ico")}


async def test_dialogs_windows_and_downloads_around_a_choice(visit, shop):
    """After a press the page has a visitor's activation: it may open windows, and ask whether one really wants to leave."""
    noise = """<script>function noise() { alert(1); confirm(2); prompt(3); print(); onbeforeunload = (event) => { event.preventDefault(); return "stay"; };
      for (let index = 0; index < 5; index += 1) open("/popup" + index, "_blank", "width=100,height=100");
      const link = document.createElement("a"); link.href = "/file.zip"; link.download = "file.zip"; document.body.append(link); link.click();
      const blob = document.createElement("a"); blob.href = URL.createObjectURL(new Blob(["x"])); blob.download = "x"; blob.click(); }
      addEventListener("click", noise, true); setInterval(() => 0, 10);</script>"""
    file = Answer("PK", 200, (("Content-Type", "application/zip"), ("Content-Disposition", "attachment")))
    body = page(bar(buttons()) + noise)
    server = shop({"/": body, "/p": body, "/file.zip": file}, otherwise=GOOD)
    seen = await visit(server.url, "untouched", "accepted", "rejected", paths=("/p",))
    for scenario in ("accepted", "rejected"):
        (action,) = seen.all(ConsentAction, scenario)
        assert action.confirmed and action.remembered
        assert [(v.profile, v.outcome) for v in seen.site.visits_in(scenario)] == [(f"{scenario}-1", "ok")] * 3
        assert {c.name for c in seen.all(Cookie, scenario, "after")} == {"consent"}


async def test_script_that_does_not_end_after_a_press(visit, shop):
    body = page(bar(buttons())).replace("answer('denied')", "for (;;);")
    seen = await visit(
        shop({"/": body, "/p": body}).url, "untouched", "rejected", "accepted", paths=("/p",), visits={"timeout": 2.0}
    )
    assert seen.site.scenario_state("rejected").state == "failed"
    assert seen.site.scenario_state("accepted").state == "ok"
    assert all(outcome == ("ok", "") for outcome in outcomes(seen).values())
