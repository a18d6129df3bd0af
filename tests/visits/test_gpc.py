"""Global Privacy Control: the signal reaches everything that is asked and every script, and provokes nothing."""

from __future__ import annotations

import pytest
from shopserver import Answer, redirect, typed

from auditor.model import Cookie, Request
from auditor.spiders.visits import visit_scenario

pytestmark = pytest.mark.xdist_group("gpc")

CORS = (("Content-Type", "text/plain"), ("Access-Control-Allow-Origin", "*"))
REPORT = "fetch('/said-' + NAME + '?gpc=' + self.navigator.globalPrivacyControl)"


def script(text: str):
    return typed(text, "text/javascript")


def told(name: str) -> str:
    return REPORT.replace("NAME", f"'{name}'")


def open_shops(shop):
    """A shop with frames, workers and redirects, and another site that it asks in every way."""
    other = shop(
        {
            "/frame": f"<title>F</title><script>{told('foreign-frame')}</script>",
            "/hop": redirect("/landed", Access_Control_Allow_Origin="*"),
        },
        otherwise=Answer("ok", 200, CORS),
    )
    to = other.url.rstrip("/")
    body = f"""<title>Shop</title><img src="{to}/image"><script src="{to}/script"></script><iframe src="{to}/frame"></iframe>
    <iframe src="/frame"></iframe><iframe srcdoc="<script>{told("srcdoc")}</script>"></iframe><script>
    {told("page")}; fetch("{to}/fetch"); fetch("{to}/hop"); navigator.sendBeacon("{to}/beacon", "x");
    new Worker("/worker.js"); new SharedWorker("/shared.js"); navigator.serviceWorker.register("/sw.js");
    </script>"""
    pages = {
        "/": body,
        "/frame": f"<title>F</title><script>{told('frame')}</script>",
        "/worker.js": script(f"{told('worker')}; fetch('{to}/by-worker')"),
        "/shared.js": script(f"fetch('{to}/by-shared')"),
        "/sw.js": script(
            f"{told('service-worker')}; addEventListener('install', (e) => e.waitUntil(fetch('{to}/by-sw')))"
        ),
        "/moved": redirect("/"),
    }
    return shop(pages, otherwise="ok"), other


async def test_signal_is_everywhere(visit, shop):
    server, other = open_shops(shop)
    seen = await visit(server.url, "gpc", paths=("/moved",))
    asked = [a for a in (*server.asked, *other.asked) if a.path != "/favicon.ico"]
    # The browser itself fetches a service worker's file, for no page and in no session; a shared worker may begin before
    # anybody can tell it anything.
    assert {a.path for a in asked if a.headers.get("sec-gpc") != "1"} <= {"/sw.js", "/by-shared"}
    paths = {a.path for a in asked}
    assert paths >= {"/", "/moved", "/frame", "/image", "/script", "/fetch", "/hop", "/landed", "/beacon", "/worker.js", "/by-worker", "/by-shared", "/by-sw"}  # fmt: skip
    assert not [a.path for a in asked if a.method == "OPTIONS"], "no preflight"
    said = {
        a.target.partition("?")[0].removeprefix("/said-"): a.target.partition("gpc=")[2]
        for a in asked
        if "said-" in a.path
    }
    documents = ("page", "frame", "foreign-frame", "srcdoc")
    assert {name: said[name] for name in documents} == dict.fromkeys(documents, "true")
    assert {r.phase for r in seen.all(Request, "gpc")} == {"before"}


async def test_other_scenarios_do_not_signal(visit, shop):
    server, other = open_shops(shop)
    await visit(server.url, "untouched")
    assert not [a.path for a in (*server.asked, *other.asked) if "sec-gpc" in a.headers]
    assert {a.target for a in server.asked if a.path == "/said-page"} == {"/said-page?gpc=undefined"}


async def test_four_pages_and_credentials(visit, shop):
    from auditor.config import Secrets
    from auditor.progress import Silent

    cookie = ("Set-Cookie", "sid=1")
    server = shop({}, otherwise=Answer("<title>P</title>", 200, (("Content-Type", "text/html"), cookie)))
    seen = await visit(
        server.url, "gpc", paths=("/1", "/2", "/3", "/4"), secrets=Secrets(headers=(("X-Staging", "k"),))
    )
    assert [(v.profile, v.url.rpartition("/")[2]) for v in seen.site.visits_in("gpc")] == [("gpc-1", ""), ("gpc-1", "1"), ("gpc-1", "2"), ("gpc-1", "3")]  # fmt: skip
    assert all((a.headers.get("x-staging"), a.headers.get("sec-gpc")) == ("k", "1") for a in server.asked)
    assert {c.phase for c in seen.all(Cookie, "gpc")} == {"before"}
    pages = [(v.url, v.role) for v in seen.site.visits_in("gpc")]
    await visit_scenario(seen.run, seen.config, Secrets(), Silent(), "gpc", pages)
    assert len(seen.site.visits_in("gpc")) == 4
