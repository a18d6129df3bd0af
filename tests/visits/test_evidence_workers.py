"""Service workers, the Cache API, shared and nested workers."""

from __future__ import annotations

import pytest
from shopserver import typed

from auditor.model import Request, StorageItem, ValueShape

pytestmark = pytest.mark.xdist_group("evidence")


def script(text: str):
    return typed(text, "text/javascript")


def requests_of(seen) -> dict[tuple[str, bool], Request]:
    """(path, asked for by a worker) -> request."""
    found = {(r.url.rpartition("/")[2], r.worker): r for r in seen.all(Request, "untouched")}
    assert len(found) == len(seen.all(Request, "untouched")), "none is recorded twice"
    return found


async def test_a_service_worker_that_answers_and_forwards(visit, shop):
    other = shop({}, otherwise=typed("ok", "text/plain", Access_Control_Allow_Origin="*"))
    to = other.url.rstrip("/")
    page = f"""<title>Shop</title><script>
    navigator.serviceWorker.register("/sw.js");
    navigator.serviceWorker.ready.then(async () => {{
      if (!navigator.serviceWorker.controller) await new Promise((go) => navigator.serviceWorker.oncontrollerchange = go);
      for (const name of ["kept", "made", "sent", "passed"]) await fetch("{to}/" + name);
    }});</script>"""
    worker = f"""
    addEventListener("install", (event) => event.waitUntil(caches.open("shop-v1").then(async (cache) => {{
      await cache.add("{to}/kept"); await cache.add("{to}/list?uid=k3j4h5g6f7d8s9a0"); skipWaiting(); }})));
    addEventListener("activate", (event) => event.waitUntil(clients.claim()));
    addEventListener("fetch", (event) => {{
      const path = new URL(event.request.url).pathname;
      if (path === "/kept") event.respondWith(caches.match(event.request));
      if (path === "/made") event.respondWith(new Response("made"));
      if (path === "/sent") event.respondWith(fetch(event.request));
    }});"""
    seen = await visit(shop({"/": page, "/sw.js": script(worker)}).url)
    found = requests_of(seen)
    by_page = {path: (request.served_by, request.sent) for (path, by_worker), request in found.items() if not by_worker and path in ("kept", "made", "sent", "passed")}  # fmt: skip
    assert by_page == {
        "kept": ("service-worker", False), "made": ("service-worker", False), "sent": ("service-worker", True), "passed": ("network", True),
    }  # fmt: skip
    for path in ("kept", "list?uid=…", "sent"):
        by_worker = found[path, True]
        assert (by_worker.served_by, by_worker.sent, by_worker.third_party) == ("network", True, True)
    assert found["sent", True].cause.line == 9
    items = {item.key: item for item in seen.all(StorageItem, "untouched") if item.area == "cacheStorage"}
    assert set(items) == {f"shop-v1/{to}/kept", f"shop-v1/{to}/list?uid=…"}
    uid = items[f"shop-v1/{to}/list?uid=…"]
    assert uid.value.parts == ValueShape.of("k3j4h5g6f7d8s9a0", seen.run.value_key()).parts and not uid.third_party


async def test_a_page_that_the_browser_s_cache_serves(visit, shop):
    kept = typed("1", "text/javascript", Cache_Control="max-age=900")
    server = shop({"/": "<title>Shop</title><script src=/kept.js></script>", "/a": "<title>A</title><script src=/kept.js></script>",
                   "/kept.js": kept})  # fmt: skip
    seen = await visit(server.url, paths=("/a",))
    assert [r.served_by for r in seen.all(Request, "untouched") if r.url.endswith("/kept.js")] == ["network", "cache"]


async def test_workers_of_workers_and_shared_workers(visit, shop):
    server = shop(
        {
            "/": "<title>Shop</title><script>const worker = new Worker('/outer.js'), shared = new SharedWorker('/shared.js');\n"
            "addEventListener('load', () => worker.postMessage(1));</script>",
            "/outer.js": script("const inner = new Worker('/inner.js'); onmessage = () => inner.postMessage(1);"),
            "/inner.js": script(
                "fetch('/at-once'); onmessage = () => fetch('/from-inner', {method: 'POST', body: 'id=1'});"
            ),
            "/shared.js": script("let n = 0; setInterval(() => n < 20 && fetch('/from-shared?n=' + n++), 50);"),
        },
        otherwise="ok",
    )
    found = requests_of(await visit(server.url))
    assert {("at-once", True), ("from-inner", True)} <= set(found)
    # A shared worker is joined while it is at work already.
    assert [path for path, by_worker in found if by_worker and path.startswith("from-shared")]
    assert set(found["from-inner", True].body) == {"id"}
