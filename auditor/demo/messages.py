"""What goes between the server and the shop: one request as the shop sees it, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, taken apart."""

    method: str
    host: str  # lower case, without the port
    origin: str  # scheme, host and port as the visitor wrote them, without a closing slash
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends back; Content-Length and Date are the server's work."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()

    def plus(self, *headers: tuple[str, str]) -> Answer:
        """The same answer with more headers."""
        return Answer(self.body, self.status, self.content_type, self.headers + headers)


@dataclass(frozen=True, slots=True)
class Hosts:
    """The addresses of the shop and of its third parties on one loopback port.

    Each name under ``.localhost`` is a site of its own, so the others are third parties to the shop.
    """

    port: int
    scheme: str = "http"
    shop: str = "demo-shop.localhost"
    tracker: str = "tracker.localhost"
    ads: str = "ads.localhost"
    cdn: str = "cdn.localhost"
    video: str = "video.localhost"

    def origin(self, host: str) -> str:
        """``scheme://host:port``."""
        return f"{self.scheme}://{host}:{self.port}"


def redirect(location: str, *headers: tuple[str, str], status: int = 302) -> Answer:
    """A redirect without a body."""
    return Answer(status=status, headers=(("Location", location), *headers))


def set_cookie(
    name: str,
    value: str,
    *,
    max_age: int | None = None,
    http_only: bool = False,
    same_site: str = "Lax",
    secure: bool = False,
) -> tuple[str, str]:
    """A Set-Cookie header for the whole host; ``max_age`` in seconds, ``None`` for a session cookie."""
    parts = [f"{name}={value}", "Path=/"]
    if max_age is not None:
        parts.append(f"Max-Age={max_age}")
    parts.append(f"SameSite={same_site}")
    parts += [word for word, wanted in (("HttpOnly", http_only), ("Secure", secure)) if wanted]
    return "Set-Cookie", "; ".join(parts)
