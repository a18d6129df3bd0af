"""What the browser sends: bodies in all their wrappings, sockets, and identifiers in paths and fragments."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import json
import socketserver
import threading
from collections.abc import Iterator

import pytest
from banners import bar, buttons, page
from shopserver import typed

from auditor.model import Request, ValueShape
from auditor.spiders.collectors.bodies import MAX_FIELDS, read
from auditor.spiders.collectors.times import Redactor

pytestmark = pytest.mark.xdist_group("evidence")

ID = "6f1c4c3e-1234-4abc-9def-aabbccddeeff"
KEY = b"k" * 16


# --- what a body says, without a browser -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "fields"),
    [
        ("hello there", "text/plain", {"": "hello there"}),
        ("", "", {}),
        ("v=2&cid=77.88&dl=http%3A%2F%2Fa%2F", "", {"v": "2", "cid": "77.88", "dl": "http://a/"}),
        ("id=1", "text/plain", {"id": "1"}),
        ('{"a":{"b":[1,true,null,"x"]}}', "", {"a.b.0": "1", "a.b.1": "true", "a.b.3": "x"}),
        ('{"a":1}\n{"a":2}\n', "", {"0.a": "1", "1.a": "2"}),
        ("en=view&_et=3\r\nen=scroll", "", {"0.en": "view", "0._et": "3", "1.en": "scroll"}),
        ("data=" + base64.b64encode(b'{"id":"abc","n":{"m":1}}').decode(), "", {"data.id": "abc", "data.n.m": "1"}),
        ('data={"id":"abc"}', "", {"data.id": "abc"}),
        ('{"q":"a=1&b=2","said":"a=1"}', "", {"q.a": "1", "q.b": "2", "said": "a=1"}),
        (gzip.compress(b'{"id":"abc"}', mtime=0), "", {"id": "abc"}),
        (base64.b64encode(gzip.compress(b'{"id":"abc"}', mtime=0)), "", None),
        (b'--B\r\nContent-Disposition: form-data; name="id"\r\n\r\nabc\r\n--B\r\nContent-Disposition: form-data; name="f"; '
         b'filename="f.json"\r\nContent-Type: application/json\r\n\r\n{"k":"v"}\r\n--B--\r\n',
         "", {"id": "abc", "f.k": "v"}),
        ("[" * 50_000, "application/json", None),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "application/json", None),
    ],
)  # fmt: skip
def test_fields_of_a_body(body, kind, fields):
    found, trouble = read(body.encode() if isinstance(body, str) else body, kind)
    assert trouble == ""
    if fields is not None:
        assert dict(found) == fields


def test_binary_bodies_are_searched_but_not_understood():
    found, trouble = read(b"\x0a\x24" + ID.encode() + b"\xff\xfe\x00\x01\x02", "application/x-protobuf")
    assert found == [("", "$" + ID)] and trouble == "it is binary data of an unknown kind"


def test_a_body_with_endless_fields_keeps_those_that_could_identify():
    from auditor.spiders.collectors.bodies import Body, shapes

    many = {**{f"n{n}": n for n in range(1_000)}, "last": ID}
    kept, trouble = shapes(Body(json.dumps(many).encode()), Redactor("http://shop.example/", frozenset(), KEY))
    assert len(kept) == MAX_FIELDS and kept["last"] == ValueShape.of(ID, KEY) and trouble == ""


# --- addresses -------------------------------------------------------------------------------------------------------


def address(url, *stored):
    return Redactor("https://shop.example/", frozenset(), KEY, stored).address(url)


def test_an_identifier_in_a_path_is_found_and_not_kept():
    url, params = address(f"https://t.example/sync/{ID}/pixel.gif", ID)
    assert url == "https://t.example/sync/…/pixel.gif" and params == {"/2": ValueShape.of(ID, KEY)}
    url, params = address("https://t.example/u;uid=k3j4h5g6f7d8/end", "v1.k3j4h5g6f7d8")
    assert url == "https://t.example/u;uid=…/end"
    assert params["/1"].parts == ValueShape.of("k3j4h5g6f7d8", KEY).parts


def test_paths_of_files_and_of_the_shop_stay_as_they_are():
    for url in (
        f"https://cdn.example/{ID}/sdk.js",
        f"https://shop.example/cart/{ID}",
        "https://t.example/build/a1b2c3d4e5f6",
    ):
        assert address(url, "x.a1b2c3d4e5") == (url, {})


def test_an_identifier_in_a_fragment_or_in_a_name():
    url, params = address(f"https://t.example/frame?{ID}#uid={ID}&top")
    assert url == "https://t.example/frame?…=" and set(params) == {"…", "#uid"}
    assert params["#uid"].parts == params["…"].parts == ValueShape.of(ID, KEY).parts
    assert address("https://t.example/frame#top")[1] == {}


@pytest.mark.parametrize("hashed", [hashlib.md5, hashlib.sha1, hashlib.sha256])
@pytest.mark.parametrize("what", ["GA1.1.1234567890.1700000000", "1234567890.1700000000"])
def test_the_hash_of_a_stored_value_has_its_parts(hashed, what):
    redactor = Redactor("https://shop.example/", frozenset(), KEY, ["GA1.1.1234567890.1700000000"])
    sent = redactor.sent(f"h={hashed(what.encode()).hexdigest().upper()}")
    assert ValueShape.of("1234567890.1700000000", KEY).digest in sent.parts
    other = redactor.sent(hashed(b"something else").hexdigest())
    assert ValueShape.of("1234567890.1700000000", KEY).digest not in other.parts


@pytest.mark.parametrize(
    "sent",
    [
        ID,
        ID.replace("-", "%2D"),
        ID.replace("-", "%252D"),
        base64.b64encode(f'{{"id":"{ID}"}}'.encode()).decode(),
        base64.urlsafe_b64encode(f'{{"id":"{ID}","t":1700000000000,"?":"~~~>"}}'.encode()).decode().rstrip("="),
        "eyJhbGciOiJIUzI1NiJ9." + base64.urlsafe_b64encode(f'{{"sub":"{ID}"}}'.encode()).decode().rstrip("=") + ".x",
        base64.b64encode(base64.b64encode(f"id={ID}".encode())).decode(),
        ID.replace("-", ""),
    ],
)
def test_an_encoded_identifier_has_the_same_part(sent):
    redactor = Redactor("https://shop.example/", frozenset(), KEY, [ID])
    assert ValueShape.of(ID, KEY).digest in redactor.sent(sent).parts


def test_times_in_base64_tell_nobody_apart():
    assert ValueShape.of(base64.b64encode(b'{"at":1700000000000,"open":true}').decode(), KEY).parts == ()


# --- in a browser ----------------------------------------------------------------------------------------------------

SENDING = """<title>Shop</title><script>
const id = "%(id)s", json = JSON.stringify({user: {id}}), form = new FormData(), to = (path) => "%(to)s/" + path;
form.append("id", id);
const post = (path, body, more) => fetch(to(path), {method: "POST", mode: "no-cors", body, ...more});
post("fetch-json", json);
post("fetch-form", new URLSearchParams({id}));
post("fetch-multipart", form);
post("fetch-blob", new Blob([json], {type: "text/plain"}));
post("fetch-bytes", new TextEncoder().encode(json).buffer);
post("fetch-keepalive", json, {keepalive: true});
post("fetch-base64", "data=" + btoa(json));
post("fetch-long", JSON.stringify({user: {id}, more: "x ".repeat(100000)}));
post("fetch-binary", new Uint8Array([0, 255, 254, 3]));
new Response(new Blob([json]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer().then((zipped) => post("fetch-gzip", zipped));
navigator.sendBeacon(to("beacon-text"), "id=" + id);
navigator.sendBeacon(to("beacon-form"), new URLSearchParams({id}));
navigator.sendBeacon(to("beacon-multipart"), form);
navigator.sendBeacon(to("beacon-blob"), new Blob([json], {type: "text/plain"}));
navigator.sendBeacon(to("beacon-bytes"), new TextEncoder().encode(json));
const xhr = new XMLHttpRequest();
xhr.open("POST", to("xhr"));
xhr.send(json);
new Worker(URL.createObjectURL(new Blob([`fetch("${to("worker")}", {method: "POST", mode: "no-cors", body: '${json}'})`])));
addEventListener("pagehide", () => navigator.sendBeacon(to("leaving"), new Blob([json])));
</script><form method=post action="%(to)s/form" target=frame><input name=id value="%(id)s"></form><iframe name=frame></iframe>
<script>document.forms[0].submit()</script>"""


async def test_bodies_of_every_kind(visit, shop):
    other = shop({}, otherwise="ok")
    server = shop({"/": SENDING % {"id": ID, "to": other.url.rstrip("/")}})
    seen = await visit(server.url)
    found = {
        request.url.rpartition("/")[2]: request
        for request in seen.all(Request, "untouched")
        if request.method == "POST"
    }
    whole = ValueShape.of(ID, seen.run.value_key())
    names = {
        "fetch-json": "user.id", "fetch-form": "id", "fetch-multipart": "id", "fetch-blob": "user.id", "fetch-bytes": "user.id",
        "fetch-keepalive": "user.id", "fetch-base64": "data.user.id", "fetch-gzip": "user.id", "beacon-text": "id", "beacon-form": "id",
        "beacon-multipart": "id", "beacon-blob": "user.id", "beacon-bytes": "user.id", "xhr": "user.id", "worker": "user.id",
        "leaving": "user.id", "form": "id",
    }  # fmt: skip
    assert {path: found[path].body for path in names} == {path: {name: whole} for path, name in names.items()}
    assert not any(found[path].body_unread for path in names)
    assert found["worker"].worker and not found["xhr"].worker
    assert found["fetch-long"].body[""].parts == whole.parts and found["fetch-long"].body_size > 200_000
    assert found["fetch-long"].body_unread.startswith("only the first 131,072 of its 200,")
    assert found["fetch-binary"].body_unread == "it is binary data of an unknown kind"
    assert ID not in str([dataclasses.asdict(request) for request in found.values()])


class _Socket(socketserver.StreamRequestHandler):
    """Says yes to a handshake (RFC 6455 section 4.2.2) and listens until the other side is gone."""

    def handle(self) -> None:
        key = ""
        while line := self.rfile.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            key = value.strip() if name.lower() == "sec-websocket-key" else key
        accept = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
        self.wfile.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        while self.rfile.read(1):
            pass


@pytest.fixture
def socket_server() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Socket) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


async def test_messages_on_sockets_belong_to_the_phase_in_which_they_are_sent(visit, shop, socket_server):
    script = f"""const socket = new WebSocket("ws://chat.localhost:{socket_server}/room");
    socket.onopen = () => {{ socket.send('{{"hello":"1"}}'); socket.send(new TextEncoder().encode('{{"user":"{ID}"}}')); }};
    addEventListener("click", () => setTimeout(() => socket.send('{{"late":"{ID}"}}'), 100), true);"""
    server = shop({"/": page(bar(buttons()), head=f"<script>{script}</script>")})
    seen = await visit(server.url, "untouched", "rejected")
    key = seen.run.value_key()
    (untouched,) = [r for r in seen.all(Request, "untouched") if r.kind == "websocket"]
    assert untouched.status == 101 and untouched.third_party
    assert untouched.body == {"hello": ValueShape.of("1", key), "user": ValueShape.of(ID, key)}
    before, *after = [r for r in seen.all(Request, "rejected") if r.kind == "websocket"]
    assert (before.phase, set(before.body)) == ("before", {"hello", "user"})
    assert ("after", {"late"}) in [(request.phase, set(request.body)) for request in after]
    assert not any("late" in r.body and r.phase == "before" for r in after)


async def test_paths_and_fragments_of_third_parties(visit, shop):
    other = shop({}, otherwise="<title>ok</title>")
    to = other.url.rstrip("/")
    server = shop({"/": f"""<title>Shop</title><script>localStorage.uid = "k3j4h5g6f7d8"; document.cookie = "cid={ID}";
    new Image().src = "{to}/sync/k3j4h5g6f7d8/1.gif"; fetch("{to}/hash?h={hashlib.sha256(ID.encode()).hexdigest()}", {{mode: "no-cors"}});
    document.write('<iframe src="{to}/frame#uid={ID}"></iframe>');</script>""", "/own/k3j4h5g6f7d8": "ok"})  # fmt: skip
    seen = await visit(server.url)
    key = seen.run.value_key()
    found = {request.url.removeprefix(to): request for request in seen.all(Request, "untouched") if request.third_party}
    assert found["/sync/…/1.gif"].params == {"/2": ValueShape.of("k3j4h5g6f7d8", key)}
    assert found["/frame"].params["#uid"] == ValueShape.of(ID, key)
    assert ValueShape.of(ID, key).digest in found["/hash?h=…"].params["h"].parts


async def test_a_body_of_the_page_s_own_making_is_typed_by_what_is_in_it(visit, shop):
    script = f"fetch('/api', {{method: 'POST', headers: {{'Content-Type': 'image/png'}}, body: '{{\"id\":\"{ID}\"}}'}})"
    server = shop(
        {"/": "<title>Shop</title><script src=/a.js></script>", "/a.js": typed(script, "text/javascript")},
        otherwise="ok",
    )
    seen = await visit(server.url)
    (request,) = [request for request in seen.all(Request, "untouched") if request.url.endswith("/api")]
    assert set(request.body) == {"id"} and request.cause.url == server.at("/a.js")
