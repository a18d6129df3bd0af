"""A shop that leaks and its clean twin in a real Chromium: exactly the leaks are found, by subject."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path

from auditor import shelves
from auditor.config import Config, Secrets, Visits
from auditor.judge import judge
from auditor.model import Result
from auditor.progress import Silent
from auditor.site import Site
from auditor.spiders.visits import visit_scenario
from auditor.store import Run

sys.path.append(str(Path(__file__).parents[1] / "shop"))

from shopserver import Answer, Asked, Shop, typed

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="#48a"/></svg>'
    + " " * 200
)
# A banner of our own making whose record has a name and an id of its own.
CONSENT = """
(() => {
  const done = /shopwahl=/.test(document.cookie);
  const apply = (yes) => { if (yes || window.LEAKS) { const s = document.createElement("script"); s.src = window.TAG; document.head.append(s); } };
  if (done) { apply(decodeURIComponent(document.cookie).includes('"statistics":true')); return; }
  if (window.LEAKS) apply(false);
  addEventListener("DOMContentLoaded", () => {
    const box = document.createElement("div");
    box.setAttribute("role", "dialog");
    box.style = "position:fixed;bottom:0;left:0;right:0;background:#fff;padding:20px;border:1px solid";
    box.innerHTML = "<p>We use cookies for statistics and advertising if you agree.</p><button id=yes>Accept all</button> <button id=no>Reject all</button>";
    const choose = (yes) => {
      const record = { necessary: true, statistics: yes, id: crypto.randomUUID(), at: new Date().toISOString() };
      document.cookie = "shopwahl=" + encodeURIComponent(JSON.stringify(record)) + "; Path=/; Max-Age=15552000";
      box.remove();
      apply(yes);
    };
    document.body.append(box);
    box.querySelector("#yes").onclick = () => choose(true);
    box.querySelector("#no").onclick = () => choose(false);
  });
})();
"""
TAG = """
(() => {
  const id = (document.cookie.match(/_cnt=([^;]+)/) || [])[1] || Math.random().toString(36).slice(2) + Date.now().toString(36);
  document.cookie = "_cnt=" + id + "; Path=/; Max-Age=31536000";
  new Image().src = new URL("/hit", document.currentScript.src) + "?who=" + id + "&page=" + encodeURIComponent(location.pathname);
})();
"""
LEAKS = """
document.cookie = "fh_ref=" + ((document.cookie.match(/fh_ref=([^;]+)/) || [])[1] || crypto.randomUUID()) + "; Path=/; Max-Age=31536000";
localStorage["fh-cache"] = localStorage["fh-cache"] || JSON.stringify({ made: Date.now(), key: Math.random().toString(36).slice(2) + "7a" });
"""
LEAKS += """
fetch(window.QUEUE, { method: "POST", mode: "no-cors", body: JSON.stringify({ events: [{ visitor: document.cookie.match(/fh_ref=([^;]+)/)[1] }] }) });
"""
PRINTS = """
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 240;
  canvas.height = 60;
  canvas.getContext("2d").fillText("Cwm fjordbank glyphs vext quiz", 2, 15);
  const sound = new OfflineAudioContext(1, 5000, 44100);
  sound.createOscillator().connect(sound.destination);
  window.print = [canvas.toDataURL(), sound.startRendering()];
})();
"""
DRAWS = """
(() => {
  const pen = document.createElement("canvas").getContext("2d");  // as shops test for coloured symbols
  pen.font = "600 32px Arial";
  pen.fillText("\\u{1F1E8}\\u{1F1F6}", 0, 0);
  pen.getImageData(0, 0, 300, 150);
  const chart = document.createElement("canvas");
  document.documentElement.append(chart);
  chart.getContext("2d").fillText("Sales of lamps by month and year", 5, 20);
  chart.toDataURL();
})();
"""
CLEAN = """
localStorage.theme = "dark";
localStorage["asset-manifest"] = '{"app":"4f9c2b7e1a6d8053f9c2b7e1a6d80534"}';
localStorage["ui-state"] = JSON.stringify({ menu: "open", at: Date.now(), took: performance.now() });
sessionStorage.tab = sessionStorage.tab || crypto.randomUUID();
document.cookie = "lang=en; Path=/; Max-Age=31536000";
document.cookie = "last_seen=" + Date.now() + "; Path=/; Max-Age=31536000";
"""


JUDGED = (
    "banner-missing",
    "cookie-before-consent",
    "cookie-after-reject",
    "reject-missing-on-first-layer",
    "storage-before-consent",
    "tracker-before-consent",
    "tracker-after-reject",
    "cookie-lifetime-too-long",
    "embed-before-consent",
    "fingerprinting-before-consent",
    "identifier-shared-before-consent",
)


class Hosts:
    """Everything on one port: the shop and its third parties, told apart by name."""

    def __init__(self, leaks: bool) -> None:
        self.leaks = leaks
        self.visitors = 0
        self.server = Shop(otherwise=self.answer, host=f"fern{int(leaks)}.localhost")

    def at(self, name: str, path: str) -> str:
        return self.server.at(path, f"{name}.localhost")

    def answer(self, asked: Asked) -> Answer:
        name = asked.host.partition(".")[0]
        if name.startswith("fern"):
            return self.shop(asked)
        if asked.path == "/fp.js":
            return typed(PRINTS, "text/javascript")
        if asked.path.endswith(".js"):
            return typed(TAG if name == "count" else "window.PAY = 1;" + " " * 200, "text/javascript")
        if asked.path in ("/hit", "/dot.gif"):
            return typed(GIF, "image/gif")
        if name == "badge":
            self.visitors += 1
            cookie = f"bdg={self.visitors:04d}9f8e7d6c5b4a3928; Max-Age=31536000; SameSite=None; Secure"
            known = "bdg=" in asked.headers.get("cookie", "")
            return typed(SVG, "image/svg+xml", **({} if known else {"Set_Cookie": cookie}))
        return typed(SVG, "image/svg+xml") if asked.path.endswith(".svg") else Answer("", 204)

    def shop(self, asked: Asked) -> Answer:
        scripts = {
            "/js/consent.js": CONSENT,
            "/js/shop.js": CLEAN + LEAKS * self.leaks + DRAWS,
            "/js/analytics.js": "void 0;",
        }
        if asked.path in scripts:
            return typed(scripts[asked.path], "text/javascript")
        if asked.path == "/stats":
            return Answer("", 204)
        answer = typed(self.page(), "text/html; charset=utf-8")
        cookies = self.cookies(asked.headers.get("cookie", ""))
        return Answer(answer.body, 200, (*answer.headers, *(("Set-Cookie", line) for line in cookies)))

    def cookies(self, sent: str) -> Iterator[str]:
        self.visitors += 1
        token = f"{self.visitors:08x}a1b2c3d4e5f60718"
        if "sid=" not in sent:
            yield f"sid={token}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"
            yield f"csrf={token[::-1]}; Path=/"
            yield f"cart={token}; Path=/; Max-Age=604800"
        if self.leaks and "promo_src=" not in sent:
            yield f"promo_src={token}; Path=/; Max-Age=63072000"

    def page(self) -> str:
        leaks = f"""
            <img src="{self.at("badge", "/seal.svg")}" width=80 height=60>
            <img src="{self.at("dots", "/dot.gif?site=9&ev=view")}" width=1 height=1>
            <iframe src="https://player.invalid/embed/7"></iframe><script src="{self.at("prints", "/fp.js")}"></script>
            <script>navigator.sendBeacon("{self.at("beacon", "/b")}")</script>"""
        return f"""<!doctype html><html lang=en><meta charset=utf-8><title>Fern</title>
            <script>window.TAG = "{self.at("count", "/c.js")}"; window.QUEUE = "{self.at("queue", "/q")}"; window.LEAKS = {str(self.leaks).lower()}</script><script src="/js/consent.js"></script>
            <h1>Fern</h1><img src="{self.at("pictures", "/lamp.svg?w=80&h=60")}" width=80 height=60>
            <img src="{self.at("pictures", "/tree.svg")}"><img src="/stats?p=/home" width=1 height=1>
            <script src="/js/shop.js"></script><script src="/js/analytics.js"></script>
            <script src="{self.at("pay", "/v3.js")}"></script>{leaks * self.leaks}<footer><a href=/privacy>Privacy</a></footer>"""


async def audited(leaks: bool, folder: Path) -> dict[str, Result]:
    hosts = Hosts(leaks)
    with hosts.server as shop, Run.create(folder) as run:
        run.note("start_url", shop.url)
        config = Config(shop=shop.url, visits=Visits(quiet=0.2, settle_limit=1.0, timeout=15.0))
        pages = [(shop.url, "home"), (shop.at("/product/lamp"), "product"), (shop.at("/privacy"), "legal")]
        for scenario in ("untouched", "rejected", "accepted"):
            await visit_scenario(run, config, Secrets(), Silent(), scenario, pages)
        rules = [rule for rule in shelves.rules().values() if rule.id in JUDGED]
        return {result.rule: result for result in judge(rules, Site(run, config))}


def subjects(results: dict[str, Result]) -> dict[str, list[str]]:
    assert not [result for result in results.values() if result.outcome in ("error", "unknown")]
    return {rule: [f.subject for f in result.findings] for rule, result in results.items() if result.findings}


TRACKERS = ["badge.localhost", "beacon.localhost", "count.localhost", "dots.localhost", "queue.localhost"]


async def test_the_leaks_are_found_and_nothing_else(tmp_path):
    results = await audited(True, tmp_path / "run")
    assert subjects(results) == {
        "cookie-before-consent": [
            "_cnt (first party)",
            "bdg @ badge.localhost",
            "fh_ref (first party)",
            "promo_src (first party)",
        ],
        "cookie-after-reject": [
            "_cnt (first party)",
            "bdg @ badge.localhost",
            "fh_ref (first party)",
            "promo_src (first party)",
        ],
        "storage-before-consent": ["fh-cache (first party)"],
        "tracker-before-consent": TRACKERS,
        "tracker-after-reject": TRACKERS,
        "cookie-lifetime-too-long": ["promo_src (first party)"],
        "embed-before-consent": ["player.invalid"],  # nobody is there, but it was asked
        "fingerprinting-before-consent": ["prints.localhost"],
        "identifier-shared-before-consent": [
            "_cnt (first party) → count.localhost",
            "fh_ref (first party) → queue.localhost",
        ],
    }
    by_subject = {finding.subject: finding for finding in results["cookie-before-consent"].findings}
    assert by_subject["fh_ref (first party)"].cause == "/js/shop.js, line 9"
    assert by_subject["promo_src (first party)"].cause == "Set-Cookie header of /"
    assert all(finding.screenshot for finding in by_subject.values())


async def test_the_clean_twin_is_clean(tmp_path):
    results = await audited(False, tmp_path / "run")
    assert {rule: (result.outcome, [f.message for f in result.findings]) for rule, result in results.items()} == {
        rule: ("pass", []) for rule in results
    }
