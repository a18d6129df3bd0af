"""What of an answer's head goes into the evidence."""

from __future__ import annotations

import time
from typing import Any

from scrapy.http import HtmlResponse, Response
from scrapy.http.headers import Headers

from auditor.model import HeaderCookie
from auditor.spiders.lexicon import words
from auditor.spiders.setcookie import read_line

KEPT = words("headers", "kept")
MAX_VALUE = 1000
MAX_COOKIES = 50
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_BARE_XML = frozenset({"application/xml", "text/xml"})


def head_of(response: Response) -> dict[str, Any]:
    """The fields of Page that the status line and the headers tell."""
    headers = kept_headers(response.headers)
    return {
        "status": response.status,
        "content_type": content_type(response),
        "headers": headers,
        "cookies": cookies_in(response.headers),
    }


def kept_headers(headers: Headers) -> dict[str, str]:
    found = {}
    for name, values in headers.items():
        key = name.decode("latin-1").lower()
        if key in KEPT:
            found[key] = b", ".join(values).decode("utf-8", "replace")[:MAX_VALUE]
    return found


def content_type(response: Response) -> str:
    """Lower case, without parameters; where the shop says nothing, what Scrapy makes of the body."""
    said = type_in(response.headers.get(b"Content-Type"))
    return said or ("text/html" if isinstance(response, HtmlResponse) else "")


def type_in(header: bytes | None) -> str:
    return (header or b"").decode("latin-1").partition(";")[0].strip().lower()


def may_be_page(header: bytes | None) -> bool:
    """Whether an answer with this Content-Type is worth downloading."""
    said = type_in(header)
    return not said or said in PAGE_TYPES or said in _BARE_XML


def cookies_in(headers: Headers) -> tuple[HeaderCookie, ...]:
    lines = [line.decode("utf-8", "replace") for line in headers.getlist(b"Set-Cookie")[:MAX_COOKIES]]
    return tuple(cookie for cookie in map(_cookie, lines) if cookie is not None)


def cookie_pairs(headers: Headers) -> dict[str, str]:
    """Names and values, for the one case in which a cookie is sent back; never stored."""
    pairs = (line.decode("latin-1").partition(";")[0].partition("=") for line in headers.getlist(b"Set-Cookie"))
    return {name.strip(): value.strip() for name, _, value in list(pairs)[:MAX_COOKIES] if name.strip()}


def _cookie(line: str) -> HeaderCookie | None:
    asked = read_line(line, time.time())
    if not asked.name:
        return None
    return HeaderCookie(
        name=asked.name[:200],
        domain=asked.domain[:255],
        path=asked.path[:200] or "/",
        lifetime=asked.lifetime,
        secure=asked.secure,
        http_only=asked.http_only,
        same_site=asked.same_site[:20],
    )
