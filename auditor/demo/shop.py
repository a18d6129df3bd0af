"""The shop itself: from a request to an answer, without any networking."""

from __future__ import annotations

import gzip
import html
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from auditor.demo.layout import Frame, choice
from auditor.demo.messages import Answer, Ask, Hosts, redirect, set_cookie
from auditor.demo.pages import Pages, sitemap_paths
from auditor.demo.pictures import ICON, written
from auditor.demo.thirdparties import JAVASCRIPT, SVG, YEAR, asset

HALF_YEAR = 180 * 24 * 3600
WEEK = 7 * 24 * 3600
_SCRIPTS = ("consent.js", "shop.js", "referral.js", "device.js", "returning.js", "print.js")
_LASTING = ("Cache-Control", "public, max-age=3600")
# Links as real shops have them: a GET that changes something. Nothing polite follows them.
_CHANGING_PARAMETERS = {"add-to-cart", "currency"}
_CHANGING_PATHS = re.compile(r"/(?:logout|lang/(?:de|en)|(?:wishlist|compare)/add/\d+)")


class Shop:
    """Answers requests to the shop's host under a set of faults; safe to call from several threads."""

    def __init__(self, faults: frozenset[str], hosts: Hosts) -> None:
        self.faults = faults
        self.secure = hosts.scheme == "https"
        self.pages = Pages(Frame(faults, hosts))
        self._lock = threading.Lock()
        self._changes: list[str] = []
        self._files: Mapping[str, Callable[[Ask], Answer]] = {
            "/robots.txt": _robots,
            "/sitemap.xml": _sitemap_index,
            "/sitemap-pages.xml": lambda ask: _sitemap(ask, sitemap_paths()[0]),
            "/sitemap-products.xml.gz": _zipped_products,
            "/favicon.ico": _icon,
            "/assets/icon.svg": _icon,
            "/assets/accounts-mail.svg": _accounts_mail,
            "/assets/shop.css": lambda ask: Answer(asset("shop.css"), 200, "text/css; charset=utf-8", (_LASTING,)),
            **{f"/assets/{name}": _script for name in _SCRIPTS},
        }

    @property
    def changes(self) -> list[str]:
        """Method and address of every request so far that changed something."""
        with self._lock:
            return list(self._changes)

    def answer(self, ask: Ask) -> Answer:
        """The answer to one request."""
        if changed := self._change(ask):
            return changed
        if ask.path in self._files:
            return self._files[ask.path](ask)
        if ask.path in ("/de", "/blog/"):
            return redirect("/de/" if ask.path == "/de" else "/blog", status=301)
        fresh = self._fresh_cookies(ask)
        visitor = replace(ask, cookies={**ask.cookies, **fresh})
        page = self.pages.answer(visitor) or self.pages.missing(visitor)
        return page.plus(("Cache-Control", "private, no-cache"), *self._headers(ask, fresh))

    def _fresh_cookies(self, ask: Ask) -> dict[str, str]:
        """Values for the necessary cookies that the visitor does not have yet."""
        names = ("pf_session", "csrf_token")
        return {name: secrets.token_urlsafe(24) for name in names if name not in ask.cookies}

    def _headers(self, ask: Ask, fresh: Mapping[str, str]) -> list[tuple[str, str]]:
        cookies = [set_cookie(name, value, http_only=True, secure=self.secure) for name, value in fresh.items()]
        leaks = "marketing-cookie-before-consent" in self.faults and choice(ask) is None
        if leaks and "pf_campaign" not in ask.cookies:
            value = secrets.token_hex(16)
            cookies.append(set_cookie("pf_campaign", value, max_age=YEAR, secure=self.secure))
        return cookies

    # --- what changes something ---------------------------------------------------------------------------------

    def _change(self, ask: Ask) -> Answer | None:
        by_link = _CHANGING_PATHS.fullmatch(ask.path) or _CHANGING_PARAMETERS & ask.query.keys()
        if ask.method != "POST" and not by_link:
            return None
        address = ask.path + ("?" + "&".join(sorted(ask.query)) if ask.query else "")
        with self._lock:
            self._changes.append(f"{ask.method} {address}")
        return self._posted(ask) if ask.method == "POST" else self._switched(ask)

    def _switched(self, ask: Ask) -> Answer:
        """What a link that changes something does: remembers it and goes on to a page."""
        if "add-to-cart" in ask.query:
            return redirect("/cart", self._remember("cart", "1", WEEK))
        if "currency" in ask.query:
            currency = "GBP" if ask.query["currency"] == "GBP" else "EUR"
            return redirect(ask.path, self._remember("currency", currency, HALF_YEAR))
        if ask.path.startswith("/lang/"):
            lang = ask.path.removeprefix("/lang/")
            return redirect("/de/" if lang == "de" else "/", self._remember("lang", lang, HALF_YEAR))
        if ask.path == "/logout":
            return redirect("/", self._remember("pf_session", "", 0))
        return redirect("/account")

    def _posted(self, ask: Ask) -> Answer:
        if ask.path == "/cart/add":
            return redirect("/cart", self._remember("cart", "1", WEEK), status=303)
        return redirect("/contact" if ask.path in ("/contact", "/newsletter") else "/cart", status=303)

    def _remember(self, name: str, value: str, max_age: int) -> tuple[str, str]:
        return set_cookie(name, value, max_age=max_age, http_only=True, secure=self.secure)


# --- files ------------------------------------------------------------------------------------------------------


def _robots(ask: Ask) -> Answer:
    lines = ("User-agent: *", "Disallow: /account", "Disallow: /search", "Disallow: /*?add-to-cart=", "")
    text = "\n".join((*lines, f"Sitemap: {ask.origin}/sitemap.xml", ""))
    return Answer(text.encode(), content_type="text/plain; charset=utf-8")


def _sitemap_index(ask: Ask) -> Answer:
    names = ("sitemap-pages.xml", "sitemap-products.xml.gz")
    rows = "".join(f"<sitemap><loc>{html.escape(ask.origin)}/{name}</loc></sitemap>" for name in names)
    return _xml("sitemapindex", rows)


def _sitemap(ask: Ask, paths: list[str]) -> Answer:
    return _xml("urlset", "".join(f"<url><loc>{html.escape(ask.origin + path)}</loc></url>" for path in paths))


def _zipped_products(ask: Ask) -> Answer:
    body = gzip.compress(_sitemap(ask, sitemap_paths()[1]).body, mtime=0)
    return Answer(body, content_type="application/gzip")


def _xml(root: str, rows: str) -> Answer:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Answer(f"{start}{rows}</{root}>\n".encode(), content_type="application/xml")


def _icon(ask: Ask) -> Answer:
    return Answer(ICON.encode(), content_type=SVG, headers=(_LASTING,))


def _accounts_mail(ask: Ask) -> Answer:
    return Answer(written("accounts@pellworth-finch.shop").encode(), content_type=SVG, headers=(_LASTING,))


def _script(ask: Ask) -> Answer:
    return Answer(asset(ask.path.rpartition("/")[2]), content_type=JAVASCRIPT, headers=(_LASTING,))
