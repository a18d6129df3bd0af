"""From a request or a cookie back to the page: each cause's address is that of a script which was itself asked for."""

from __future__ import annotations

import pytest
from shopserver import typed

from auditor.model import Cause, CookieWrite, Request

pytestmark = pytest.mark.xdist_group("evidence")

# How a tag ends up asking for something: name -> script, to be put on line 3 of the tag.
WAYS = {
    "image": "new Image().src = '/image';",
    "beacon": "navigator.sendBeacon('/beacon', 'x=1');",
    "fetch": "fetch('/fetch');",
    "xhr": "{ const x = new XMLHttpRequest(); x.open('GET', '/xhr'); x.send(); }",
    "timer": "setTimeout(() => fetch('/timer'), 20);",
    "promise": "Promise.resolve().then(() => fetch('/promise'));",
    "awaited": "(async () => { await null; await new Promise((go) => setTimeout(go, 10)); new Image().src = '/awaited'; })();",
    "listener": "addEventListener('tick', () => fetch('/listener')); setTimeout(() => dispatchEvent(new Event('tick')), 5);",
    "frame": "{ const f = document.createElement('iframe'); f.src = '/frame'; document.documentElement.append(f); }",
    "markup": "document.documentElement.insertAdjacentHTML('beforeend', '<img src=/markup>');",
    "written": "document.documentElement.append(document.createRange().createContextualFragment('<img src=/written>'));",
    "style": "{ const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '/style'; document.head.append(l); }",
    "animation": "requestAnimationFrame(() => fetch('/animation'));",
    "idle": "requestIdleCallback(() => fetch('/idle'));",
    "observer": "new MutationObserver(() => fetch('/observer')).observe(document.documentElement, {attributes: true}); document.documentElement.id = 'x';",
    "message": "{ const c = new MessageChannel(); c.port1.onmessage = () => fetch('/message'); c.port2.postMessage(1); }",
    "eval": "eval(\"fetch('/eval')\");",
    "module": "import('/module.js');",
    "socket": "new WebSocket('ws://' + location.host + '/socket');",
}
LOADER = """
const load = (address) => {
  const script = document.createElement("script");
  script.async = true; script.src = address;
  document.head.append(script);
};
setTimeout(() => load("/tag.js?id=GTM-AB12&v=3"), 10);"""


def script(text: str):
    return typed(text, "text/javascript")


def chain(requests: list[Request], cause: Cause) -> list[tuple[str, int]]:
    """(script, line), innermost first, as far as scripts caused it; then what the page's HTML asked for."""
    steps = []
    while cause.url and len(steps) < 10:
        steps.append((cause.url, cause.line))
        cause = next((r.cause for r in requests if r.url == cause.url and r.kind in ("script", "document")), Cause())
    return steps


async def test_a_chain_of_three_scripts_for_every_way_of_asking(visit, shop):
    tag = (
        "// a tag\n\n"
        + " ".join(WAYS.values())
        + "\ndocument.cookie = 'tag=1'; localStorage.tag = 1; cookieStore.set('later', '1');\n"
    )
    server = shop(
        {
            "/": "<!doctype html><title>Shop</title>\n<script src=/loader.js></script>",
            "/loader.js": script(LOADER),
            "/tag.js": script(tag),
            "/module.js": script("\nfetch('/module');"),
        },
        otherwise="ok",
    )  # fmt: skip
    seen = await visit(server.url)
    requests = seen.all(Request, "untouched")
    by_path = {request.url.rpartition("/")[2]: request for request in requests}
    tag_url = server.at("/tag.js?id=GTM-AB12&v=3")
    rest = [(tag_url, 3), (server.at("/loader.js"), 5)]
    expected = dict.fromkeys(WAYS, rest) | {"module": [(server.at("/module.js"), 2), *rest]}
    assert {way: chain(requests, by_path[way].cause) for way in WAYS} == expected
    loader = by_path["loader.js"]
    assert (loader.initiator, loader.cause, loader.frame) == ("parser", Cause(), server.url)
    writes = {write.name: chain(requests, write.cause) for write in seen.all(CookieWrite, "untouched")}
    assert writes == {name: [(tag_url, 4), rest[1]] for name in ("tag", "later")}


async def test_inline_and_module_scripts_are_lines_of_the_document(visit, shop):
    server = shop(
        {"/": "<!doctype html><title>Shop</title>\n<script>\nfetch('/inline');\n</script>\n<script type=module>\n\nfetch('/module');\n</script>"
         "\n<img src=/image>\n<body onload=\"fetch('/handler')\">"}, otherwise="ok",
    )  # fmt: skip
    seen = await visit(server.url)
    found = {request.url.rpartition("/")[2]: request for request in seen.all(Request, "untouched")}
    lines = {name: (found[name].cause.url, found[name].cause.line) for name in ("inline", "module", "handler")}
    assert lines == {"inline": (server.url, 3), "module": (server.url, 7), "handler": (server.url, 10)}
    assert (found["image"].initiator, found["image"].cause, found["image"].frame) == ("parser", Cause(), server.url)
