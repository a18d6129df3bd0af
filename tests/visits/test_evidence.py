"""What the collectors record of real pages, over http and https."""

from __future__ import annotations

import dataclasses

import pytest
from banners import bar, buttons, page
from shopserver import Answer, typed

from auditor.model import CollectorFailure, ConsentUi, Cookie, CookieWrite, Request, StorageItem, ValueShape

pytestmark = pytest.mark.xdist_group("evidence")

TEXT = ("Content-Type", "text/html; charset=utf-8")
IMAGE = typed(
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    "image/gif",
)


def cookies(*lines: str) -> Answer:
    return Answer("<title>Shop</title><p>Paper", 200, (TEXT, *(("Set-Cookie", line) for line in lines)))


def by_name(records, **having) -> dict:
    kept = [r for r in records if all(getattr(r, key) == value for key, value in having.items())]
    return {record.name: record for record in kept}


async def test_header_cookies(visit, shop):
    server = shop(
        {
            "/": cookies(
                "sid=abc; Path=/; HttpOnly; SameSite=Lax",
                "_ga=GA1.2.1234567890.1700000000; Path=/; Max-Age=63072000",
                "old=; Max-Age=0",
                "wrong=1; Domain=elsewhere.example",
            )
        }
    )
    seen = await visit(server.url)
    jar = by_name(seen.all(Cookie, "untouched"))
    assert set(jar) == {"sid", "_ga"}
    assert jar["sid"].http_only and jar["sid"].same_site == "Lax" and jar["sid"].lifetime is None
    assert 34_000_000 < jar["_ga"].lifetime <= 34_560_000  # Chromium keeps no cookie longer than 400 days
    assert not jar["_ga"].third_party and jar["_ga"].phase == "before"
    assert (jar["_ga"].value.length, jar["_ga"].value.charset) == (27, "base64")
    writes = by_name(seen.all(CookieWrite, "untouched"), via="header")
    assert writes["_ga"].lifetime == 63_072_000 and writes["old"].lifetime == 0
    assert writes["wrong"].blocked == ("InvalidDomain",) and writes["sid"].blocked == ()
    assert writes["sid"].domain == server.host


async def test_script_cookies_and_their_lines(visit, shop):
    script = (
        "\n\nfunction mark() {\n  document.cookie = 'uid=' + 'x'.repeat(20) + '; max-age=86400; path=/';\n}\nmark();\n"
    )
    script += "document.cookie = 'no=1; domain=elsewhere.example';\ncookieStore.set('later', 'v');\n"
    server = shop(
        {"/": "<title>Shop</title><script src=/stats.js></script>", "/stats.js": typed(script, "text/javascript")}
    )
    seen = await visit(server.url)
    writes = by_name(seen.all(CookieWrite, "untouched"))
    uid = writes["uid"]
    assert (uid.via, uid.lifetime, uid.value.length) == ("document.cookie", 86_400, 20)
    assert (uid.cause.url, uid.cause.line, uid.cause.column, uid.cause.function) == (
        server.at("/stats.js"),
        4,
        19,
        "mark",
    )
    assert writes["no"].blocked == ("NotStored",)
    assert writes["later"].via == "cookieStore" and writes["later"].cause.line == 8
    assert {"uid", "later"} <= set(by_name(seen.all(Cookie, "untouched")))


async def test_hostile_page_hides_nothing(visit, shop):
    hostile = """<title>Shop</title><script>
    JSON.stringify = () => "x"; Promise = undefined; Error.prepareStackTrace = () => "nothing"; Error.stackTraceLimit = 0;
    Reflect.apply = () => {}; Object.defineProperty = () => {}; String.prototype.split = () => []; WeakMap.prototype.get = () => 1;
    Function.prototype.call = Function.prototype.apply = () => {}; Date.now = () => 0;
    document.cookie = "uid=1";
    </script>"""
    seen = await visit(shop({"/": hostile}).url)
    (write,) = seen.all(CookieWrite, "untouched")
    assert (write.name, write.cause.line) == ("uid", 5) and 0 < write.at < 60


async def test_wrapped_setters_look_native(tab_in_loop, shop):
    tab = tab_in_loop
    await tab.load(shop({"/": "<title>Shop</title><script>window.looks = [\n"
        "String(Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set), String(Storage.prototype.setItem),\n"
        "String(Function.prototype.toString), Storage.prototype.setItem.name, Storage.prototype.setItem.length,\n"
        "'prototype' in Storage.prototype.setItem, navigator.webdriver, Object.keys(window).filter((k) => /audit|^b[0-9a-f]{24}/.test(k))]"
        "</script>"}).url)  # fmt: skip
    looks = await tab.page.evaluate("looks")
    assert looks == [
        "function set cookie() { [native code] }", "function setItem() { [native code] }", "function toString() { [native code] }",
        "setItem", 2, False, False, [],
    ]  # fmt: skip


async def test_storage_of_the_page_and_of_frames(visit, shop):
    other = shop({"/": "<script>localStorage.setItem('viewer', '0123456789abcdef'); sessionStorage.tab = 1</script>"})
    own = f"""<title>Shop</title><iframe src="{other.url}"></iframe><script>
    localStorage.setItem("_hjid", "6f1c4c3e-0000-4000-8000-aabbccddeeff");
    sessionStorage.setItem("view", "grid");
    const asked = indexedDB.open("stats", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("events");
    </script>"""
    server = shop({"/": own})
    seen = await visit(server.url)
    items = {(i.area, i.key): i for i in seen.all(StorageItem, "untouched")}
    assert set(items) == {
        ("localStorage", "_hjid"), ("sessionStorage", "view"), ("indexedDB", "stats/events"), ("localStorage", "viewer"), ("sessionStorage", "tab"),
    }  # fmt: skip
    assert items["localStorage", "_hjid"].value.charset == "uuid"
    assert items["localStorage", "_hjid"].cause.line == 2 and not items["localStorage", "_hjid"].third_party
    viewer = items["localStorage", "viewer"]
    assert viewer.third_party and viewer.origin == other.url.rstrip("/") and viewer.cause.url == other.url


async def test_requests_and_their_causes(visit, shop):
    other = shop({"/t.js": typed("new Image().src = new URL('/p.gif?id=1234567890abcdef&v=2', document.currentScript.src);", "text/javascript"),
                  "/p.gif": IMAGE, "/f": "<title>f</title><img src=/in.gif>", "/in.gif": IMAGE})  # fmt: skip
    server = shop({"/": f'<title>Shop</title><script src="{other.at("/t.js")}"></script><iframe src="{other.at("/f")}"></iframe>'
                   "<script>fetch('/api', {method: 'POST', body: 'hello'})</script>"})  # fmt: skip
    seen = await visit(server.url)
    found = {request.url.rpartition("/")[2].partition("?")[0]: request for request in seen.all(Request, "untouched")}
    pixel = found["p.gif"]
    assert pixel.url == other.at("/p.gif?id=…&v=2") and pixel.third_party and pixel.sent and pixel.status == 200
    assert (pixel.kind, pixel.initiator, pixel.cause.url, pixel.cause.line) == ("image", "script", other.at("/t.js"), 1)
    assert pixel.params["id"].charset == "hex" and pixel.params["id"].length == 16
    assert found["t.js"].initiator == "parser" and found["t.js"].frame == server.url
    assert found["f"].kind == "document" and found["f"].frame == server.url and found["in.gif"].frame == other.at("/f")
    assert (found["api"].method, found["api"].body_size, found["api"].third_party) == ("POST", 5, False)
    assert found[""].kind == "document" and not found[""].third_party and found[""].at == pytest.approx(0, abs=0.5)


async def test_workers_are_seen(visit, shop):
    outer = "fetch('/from-worker'); onmessage = () => fetch('/from-worker-later');"
    server = shop(
        {
            "/": "<title>Shop</title><script>const worker = new Worker('/worker.js');\n"
            "addEventListener('load', () => worker.postMessage(1)); navigator.serviceWorker.register('/sw.js')</script>",
            "/worker.js": typed(outer, "text/javascript"),
            "/sw.js": typed(
                "self.addEventListener('install', (e) => e.waitUntil(fetch('/from-service-worker')))", "text/javascript"
            ),
        },
        otherwise="ok",
    )
    seen = await visit(server.url)
    paths = [request.url.rpartition("/")[2] for request in seen.all(Request, "untouched")]
    assert {"from-worker", "from-worker-later", "from-service-worker"} <= set(paths)
    assert len(paths) == len(set(paths)), "none is recorded twice"


async def test_what_policy_blocks_is_not_sent(visit, shop):
    other = shop({"/p.gif": IMAGE})
    body = f'<title>Shop</title><img src="{other.at("/p.gif")}">'
    server = shop({"/": Answer(body, 200, (TEXT, ("Content-Security-Policy", "img-src 'self'")))})
    seen = await visit(server.url)
    (blocked,) = [request for request in seen.all(Request, "untouched") if request.url.endswith("p.gif")]
    assert (blocked.sent, blocked.blocked) == (False, "csp")
    assert not other.targets()


async def test_beacon_when_the_page_is_left(visit, shop):
    other = shop({"/bye": "ok"})
    body = f"<title>Shop</title><script>addEventListener('pagehide', () => navigator.sendBeacon('{other.at('/bye')}', 'id=1'))</script>"
    seen = await visit(shop({"/": body}).url)
    (beacon,) = [request for request in seen.all(Request, "untouched") if request.url.endswith("/bye")]
    assert beacon.kind == "ping" and beacon.third_party and beacon.body_size == 4


async def test_third_party_cookies(visit, shop):
    gif = Answer(IMAGE.body, 200, (*IMAGE.headers, ("Set-Cookie", "uid=77; SameSite=None; Secure; Max-Age=900"),
                 ("Set-Cookie", "lax=1"), ("Set-Cookie", "chip=1; SameSite=None; Secure; Partitioned")))  # fmt: skip
    other = shop({"/p.gif": gif, "/again.gif": IMAGE})
    body = (
        f"""<title>Shop</title><img src="{other.at("/p.gif")}" onload="new Image().src = '{other.at("/again.gif")}'">"""
    )
    server = shop({"/": body})
    seen = await visit(server.url)
    jar = by_name(seen.all(Cookie, "untouched"))
    assert set(jar) == {"uid", "chip"}
    assert jar["uid"].third_party and jar["uid"].domain == other.host and jar["uid"].partition_key == ""
    assert jar["chip"].partition_key == f"http://{server.host}"
    writes = by_name(seen.all(CookieWrite, "untouched"))
    assert (
        writes["lax"].blocked == ("SchemefulSameSiteUnspecifiedTreatedAsLax",) or "SameSite" in writes["lax"].blocked[0]
    )
    requests = {request.url.rpartition("/")[2]: request for request in seen.all(Request, "untouched")}
    assert set(requests["p.gif"].cookies_set) == {"uid", "chip"}
    assert set(requests["again.gif"].cookies_sent) == {"uid", "chip"}


async def test_values_stay_out_of_the_run(visit, shop):
    secret = "s3cr3t-value-of-a-visitor-0123456789"
    body = f"<title>Shop</title><script>document.cookie='a={secret}'; localStorage.b='{secret}'; fetch('/x?c={secret}')</script>"
    server = shop({"/": Answer(body, 200, (TEXT, ("Set-Cookie", f"d={secret}")))}, otherwise="ok")
    seen = await visit(server.url)
    stored = [
        dataclasses.asdict(r)
        for kind in (Cookie, CookieWrite, StorageItem, Request)
        for r in seen.all(kind, "untouched")
    ]
    assert len(stored) >= 7 and secret not in str(stored)
    shape = ValueShape.of(secret, seen.run.value_key())
    assert by_name(seen.all(Cookie, "untouched"))["d"].value == shape


async def test_rendered_page(visit, shop):
    body = """<html lang=fr><title>Boutique</title><main id=app></main><script>
    document.getElementById("app").innerHTML = '<a href="/p/1">Lampe</a><p>© 2026 Papeterie SARL</p>';
    const host = document.createElement("x-foot"); document.body.append(host);
    host.attachShadow({mode: "open"}).innerHTML = '<footer><a href="/mentions-legales">Mentions légales</a></footer>';
    </script>"""
    server = shop({"/": body, "/mentions-legales": body})
    seen = await visit(server.url, paths=("/mentions-legales",))
    home, legal = seen.site.visits_in("untouched")
    assert (home.title, home.language, home.status, home.html) == ("Boutique", "fr", 200, "")
    assert {link.url for link in home.links} == {server.at("/p/1"), server.at("/mentions-legales")}
    assert "Papeterie SARL" in home.copyright
    assert "Mentions légales" in seen.run.blob(legal.html).decode()
    assert seen.run.blob(home.screenshot).startswith(b"\x89PNG")


async def test_banner_is_recorded_in_each_visit(visit, shop):
    server = shop({"/": page(bar(buttons())), "/a": page(bar(buttons()))})
    seen = await visit(server.url, paths=("/a",))
    first, second = seen.all(ConsentUi, "untouched")
    assert first.present and second.present and first.found_by == "finder" and first.language == "en"
    assert [(b.text, b.role, b.layer) for b in first.buttons] == [
        ("Accept all", "accept", 1), ("Reject all", "reject", 1), ("Cookie settings", "settings", 1),
    ]  # fmt: skip
    assert first.buttons[0].width > 20 and first.buttons[0].background.startswith("rgb")
    assert seen.run.blob(first.screenshot).startswith(b"\x89PNG")
    assert not seen.all(CollectorFailure, "untouched")
