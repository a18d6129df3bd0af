"""The server under the demo shop: hosts, connections, the logs, starting and stopping."""

import datetime
import http.client
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from auditor.demo import DemoShop


def test_stopping_closes_the_port_and_the_connections_that_are_kept_alive():
    with DemoShop() as shop:
        port = shop.hosts.port
        kept = socket.create_connection(("127.0.0.1", port), timeout=10)
        kept.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: demo-shop.localhost\r\n\r\n")
        assert kept.recv(4096).startswith(b"HTTP/1.1 200 ")
    with kept:
        while kept.recv(4096):
            pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)


def test_stopping_a_shop_that_never_started_frees_the_port():
    shop = DemoShop()
    shop.stop()
    with DemoShop(port=shop.hosts.port):
        pass


def test_one_connection_serves_several_requests():
    with DemoShop() as shop:
        connection = http.client.HTTPConnection("127.0.0.1", shop.hosts.port, timeout=10)
        connection.connect()
        first = connection.sock
        for method, path in (("GET", "/"), ("HEAD", "/privacy"), ("GET", "/nowhere"), ("GET", "/imprint")):
            connection.request(method, path, headers={"Host": "demo-shop.localhost"})
            answer = connection.getresponse()
            body = answer.read()
            assert len(body) == (0 if method == "HEAD" else int(answer.headers["Content-Length"]))
            assert connection.sock is first
        connection.close()


@pytest.mark.parametrize(
    ("host", "path", "kind"),
    [
        ("demo-shop.localhost", "/", "text/html"),
        ("127.0.0.1", "/", "text/html"),
        ("unheard-of.localhost", "/", "text/html"),
        ("tracker.localhost", "/t.js", "text/javascript"),
        ("tracker.localhost", "/collect?cid=1", "image/gif"),
        ("ads.localhost", "/adl.js", "text/javascript"),
        ("video.localhost", "/embed/sewing", "text/html"),
        ("cdn.localhost", "/pictures/saltmarsh.svg", "image/svg+xml"),
    ],
)
def test_the_host_header_decides_who_answers(serve, host, path, kind):
    reply = serve().get(path, host=host)
    assert reply.status == 200
    assert reply.header("Content-Type").startswith(kind)


def test_third_parties_do_not_have_the_shops_pages(serve):
    client = serve()
    for host in ("tracker.localhost", "ads.localhost", "video.localhost", "cdn.localhost"):
        assert client.get("/privacy", host=host).status == 404


def test_addresses_follow_the_host_that_the_visitor_used(serve):
    client = serve()
    port = client.shop.hosts.port
    assert f"Sitemap: http://127.0.0.1:{port}/sitemap.xml" in client.get("/robots.txt", host="127.0.0.1").text
    canonical = f'<link rel="canonical" href="http://127.0.0.1:{port}/privacy">'
    assert canonical in client.get("/privacy", host="127.0.0.1").text


def test_requests_are_logged_with_the_names_of_their_cookies(serve):
    client = serve()
    client.get("/search?q=ink", cookie="pf_session=secret; cart=2")
    seen = client.shop.requests[-1]
    assert (seen.method, seen.host, seen.path) == ("GET", "demo-shop.localhost", "/search?q=ink")
    assert seen.cookies == ("pf_session", "cart")
    assert "secret" not in repr(client.shop.requests)


@pytest.mark.parametrize(
    "path",
    [
        "/category/notebooks?add-to-cart=3",
        "/?currency=GBP",
        "/lang/de",
        "/logout",
        "/wishlist/add/3",
        "/compare/add/3",
    ],
)
def test_links_that_change_something_are_recorded(serve, path):
    client = serve()
    reply = client.get(path)
    assert reply.status == 302
    assert client.shop.state_changes == ["GET " + path.split("=")[0]]


def test_every_form_that_is_sent_is_recorded(serve):
    client = serve()
    assert client.get("/cart/add", method="POST").cookies.keys() == {"cart"}
    assert client.shop.state_changes == ["POST /cart/add"]


def test_looking_around_changes_nothing(serve):
    client = serve()
    for path in ("/", "/category/desk?sort=name&colour=moss", "/search?q=ink", "/cart", "/checkout", "/account"):
        assert client.get(path).status == 200
    assert client.shop.state_changes == []


def test_unknown_faults_are_named():
    with pytest.raises(ValueError, match=r"no fault no-such-fault\. It has: .*banner-missing"):
        DemoShop(["no-such-fault"])


def test_a_taken_port_is_an_error():
    with DemoShop() as shop, pytest.raises(OSError, match="in use"):
        DemoShop(port=shop.hosts.port)


def test_https(tmp_path):
    certificate = _certificate(tmp_path)
    with DemoShop(tls=certificate) as shop:
        assert shop.url == f"https://demo-shop.localhost:{shop.hosts.port}/"
        context = ssl.create_default_context(cafile=certificate[0])
        with (
            socket.create_connection(("127.0.0.1", shop.hosts.port), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname="demo-shop.localhost") as secure,
        ):
            secure.sendall(b"GET / HTTP/1.1\r\nHost: demo-shop.localhost\r\nConnection: close\r\n\r\n")
            head = b"".join(iter(lambda: secure.recv(65536), b"")).partition(b"\r\n\r\n")[0].decode()
    assert head.startswith("HTTP/1.1 200 ")
    sessions = [line for line in head.split("\r\n") if line.startswith("Set-Cookie: pf_session=")]
    assert len(sessions) == 1
    assert sessions[0].endswith("; HttpOnly; Secure")


def test_a_visitor_who_speaks_no_tls_does_not_disturb_the_others(tmp_path):
    with DemoShop(tls=_certificate(tmp_path)) as shop:
        with socket.create_connection(("127.0.0.1", shop.hosts.port), timeout=10) as rude:
            rude.sendall(b"GET / HTTP/1.1\r\n\r\n")
            while rude.recv(4096):
                pass
        connection = http.client.HTTPSConnection(
            "127.0.0.1", shop.hosts.port, timeout=10, context=ssl._create_unverified_context()
        )
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().status == 200
        connection.close()


def _certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "demo-shop.localhost")])
    now = datetime.datetime.now(datetime.UTC)
    end = now + datetime.timedelta(days=1)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, end)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("demo-shop.localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(folder / "cert.pem"), str(folder / "key.pem")
