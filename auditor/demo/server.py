"""The loopback server under the demo shop and its third parties."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
from collections import deque
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from auditor.demo import thirdparties
from auditor.demo.faults import checked
from auditor.demo.messages import Answer, Ask, Hosts
from auditor.demo.shop import Shop

MAX_LOG = 20_000
MAX_BODY = 1 << 20
IDLE_SECONDS = 20


class Request(NamedTuple):
    """One request as the server saw it; of cookies only the names are kept."""

    method: str
    host: str
    path: str  # with the query
    agent: str
    cookies: tuple[str, ...]


class DemoShop:
    """The shop with its third parties, served on one loopback port while the ``with`` block runs.

    ``faults`` are names from ``FAULTS`` or ``VARIANTS``; without any it is the clean twin. ``tls`` is (certificate
    file, key file) to serve https. ValueError names unknown faults, OSError says that the port is taken.
    """

    def __init__(self, faults: Iterable[str] = (), port: int = 0, tls: tuple[str, str] | None = None) -> None:
        self.faults = checked(faults)
        self._server = _Server(port, tls)
        self.hosts = Hosts(self._server.server_address[1], "https" if tls else "http")
        self._shop = Shop(self.faults, self.hosts)
        self._server.serves = self._answer
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The shop's home page."""
        return self.hosts.origin(self.hosts.shop) + "/"

    @property
    def tracker_url(self) -> str:
        """The measurement service, a third party to the shop."""
        return self.hosts.origin(self.hosts.tracker) + "/"

    @property
    def requests(self) -> list[Request]:
        """The latest requests to all hosts, oldest first."""
        return self._server.logged()

    @property
    def state_changes(self) -> list[str]:
        """Method and address of every request that changed something: a polite visitor leaves it empty."""
        return self._shop.changes

    def __enter__(self) -> DemoShop:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Close the port and all connections."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def wait(self) -> None:
        """Serve until the shop is stopped or the thread is interrupted (KeyboardInterrupt)."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def _answer(self, ask: Ask) -> Answer:
        return thirdparties.answer(ask, self.hosts) or self._shop.answer(ask)


def serve_forever(port: int = 0, faults: Iterable[str] = ()) -> None:
    """Serve the shop until Ctrl-C, after saying where it is."""
    with DemoShop(faults, port) as shop:
        print(f"The demo shop is at {shop.url} (Ctrl-C stops it).", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            shop.wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, tls: tuple[str, str] | None) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.scheme = "https" if tls else "http"
        self.serves = lambda ask: Answer(status=503)
        self._lock = threading.Lock()
        self._log: deque[Request] = deque(maxlen=MAX_LOG)
        self._open: set[socket.socket] = set()
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            # The handshake happens on the first read, in the connection's own thread.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def log(self, request: Request) -> None:
        with self._lock:
            self._log.append(request)

    def logged(self) -> list[Request]:
        with self._lock:
            return list(self._log)

    def process_request(self, request: socket.socket, client_address: object) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that are kept alive, so that nothing outlives the shop."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Browsers drop connections at any time; anything else is a fault of the shop and is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo-shop"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one segment
    server: _Server

    def do_GET(self) -> None:
        self._reply()

    do_HEAD = do_GET

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isascii() and length.isdecimal() else MAX_BODY + 1
        if size > MAX_BODY:
            self.close_connection = True
            self.send_error(413)
            return
        self.rfile.read(size)
        self._reply()

    def _reply(self) -> None:
        ask = self._ask()
        agent = self.headers.get("User-Agent", "")
        self.server.log(Request(self.command, ask.host, self.path, agent, tuple(ask.cookies)))
        answer = self.server.serves(ask)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _ask(self) -> Ask:
        host = self.headers.get("Host") or f"127.0.0.1:{self.server.server_address[1]}"
        target = urlsplit(self.path)
        return Ask(
            method=self.command,
            host=host.rpartition(":")[0].lower() or host.lower(),
            origin=f"{self.server.scheme}://{host}",
            path=target.path,
            query=dict(parse_qsl(target.query, keep_blank_values=True)),
            cookies=_cookies(self.headers.get("Cookie", "")),
        )

    def log_message(self, format: str, *args: object) -> None:
        """Silent: ``DemoShop.requests`` is the log."""


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
