"""A shop on loopback for the tests of the crawl: it answers what a test says and remembers what it was asked."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    """One request that reached the shop. ``target`` is path and query as they stood in the request line."""

    method: str
    target: str
    headers: Mapping[str, str]  # names in lower case
    at: float
    host: str

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass(frozen=True)
class Answer:
    """What the shop answers. With ``hang_up`` it closes the connection after so many bytes of the body."""

    body: str | bytes = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    hang_up: int | None = None
    length: int | None = None  # a Content-Length that is not true
    wait: threading.Event | None = field(default=None, compare=False)  # answer only when this is set


def redirect(target: str, status: int = 302, **headers: str) -> Answer:
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer("", status, (("Location", target), *more))


def typed(body: str | bytes, content_type: str, **headers: str) -> Answer:
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(body, 200, (("Content-Type", content_type), *more))


def xml(*locations: str, kind: str = "url", zipped: bool = False) -> Answer:
    """A sitemap, or with ``kind="sitemap"`` an index of sitemaps."""
    outer = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    entries = "".join(f"<{kind}><loc>{location}</loc></{kind}>" for location in locations)
    text = f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'
    if zipped:
        return typed(gzip.compress(text.encode()), "application/gzip")
    return typed(text, "application/xml")


def html(*links: str, title: str = "A page", main: str = "", footer: str = "") -> str:
    """A page of a shop: links are ``href`` or ``href|text``."""
    anchors = "".join(
        '<li><a href="{}">{}</a></li>'.format(*(link.split("|") if "|" in link else (link, link))) for link in links
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<main><h1>{title}</h1><ul>{anchors}</ul>{main}</main><footer>{footer}</footer></body></html>"
    )


Made = str | bytes | Answer | Callable[[Asked], "str | Answer"]


class Shop:
    """Serves ``pages``: by path and query, else by path, else by ``otherwise``, else 404."""

    def __init__(
        self,
        pages: Mapping[str, Made] | None = None,
        otherwise: Made | None = None,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.pages: dict[str, Made] = dict(pages or {})
        self.otherwise = otherwise
        self.asked: list[Asked] = []
        self.host = host
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        """The start page, with a slash at the end."""
        return f"{self._scheme}://{self.host}:{self.port}/"

    def at(self, path: str, host: str | None = None) -> str:
        return f"{self._scheme}://{host or self.host}:{self.port}{path}"

    def targets(self) -> list[str]:
        """What was asked for but for robots.txt and the usual sitemap, in the order of arrival."""
        return [asked.target for asked in self.asked if asked.target not in ("/robots.txt", "/sitemap.xml")]

    def __enter__(self) -> Shop:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked: Asked) -> Answer:
        made = self.pages.get(asked.target, self.pages.get(asked.path, self.otherwise))
        if callable(made):
            made = made(asked)
        if made is None:
            made = Answer(html(title="Not found"), 404)
        return made if isinstance(made, Answer) else Answer(made)

    def _handler(shop) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, time.monotonic(), headers.get("host", ""))
                shop.asked.append(asked)
                self._send(shop.answer(asked))

            do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

            def _send(self, answer: Answer) -> None:
                if answer.wait is not None:
                    answer.wait.wait(60)
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body) if answer.length is None else answer.length))
                self.end_headers()
                try:
                    self.wfile.write(body if answer.hang_up is None else body[: answer.hang_up])
                except OSError:
                    self.close_connection = True
                if answer.hang_up is not None:
                    self.close_connection = True

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None: ...

        return Handler
