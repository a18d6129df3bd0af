"""The frame around every page: head, header, footer, and the consent banner's configuration."""

from __future__ import annotations

import functools
import html
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from auditor.demo.faults import FILES, stale_year, this_year
from auditor.demo.messages import Ask, Hosts

FOUNDED = 2021
YEAR = 365 * 24 * 3600  # seconds
COMPANY = "Pellworth Paper Goods Limited"
WORDS: Mapping[str, Mapping[str, Any]] = tomllib.loads(FILES.joinpath("words.toml").read_text("utf-8"))

_BRAND = (
    '<a class="brand" href="{home}"><svg viewBox="0 0 32 32" width="34" height="34" aria-hidden="true">'
    '<rect width="32" height="32" rx="7" fill="#24413a"/><path d="M9 24V8h8a5 5 0 0 1 0 10h-5" fill="none" '
    'stroke="#f4efe3" stroke-width="3"/></svg><span>Pellworth <em>&amp;</em> Finch</span></a>'
)
# Which fault takes which link out of the footer of which kind of page.
_DROPPED = {
    "privacy-link-missing-blog": ("blog", "privacy"),
    "copyright-link-missing-product": ("product", "copyright"),
    "terms-link-missing-checkout": ("checkout", "terms"),
}


_WAY_BACK = re.compile(r'<a href="#" role="button" data-cookie-settings>([^<]*)</a>')
# Faults that the banner's own script carries out.
_OF_BANNER = frozenset(
    {
        "banner-without-policy",
        "choice-forgotten",
        "consent-by-scrolling",
        "consent-wall",
        "long-way-back",
        "purposes-preticked",
        "reject-hidden-in-grey",
        "settings-for-mice",
        "tracker-after-reject",
        "withdrawal-ignored",
    }
)


class _Slots(Template):
    """``~{name}`` marks a slot: braces and dollars are common in the texts, a tilde is not."""

    delimiter = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one page puts into the frame; ``title`` and ``summary`` are plain text, ``main`` is HTML."""

    kind: str  # page | home | blog | product | category | checkout | campaign: decides the frame and the faults
    title: str
    main: str
    summary: str = ""
    lang: str = "en"
    path: str = ""  # the canonical address; empty for pages without one
    alternates: Mapping[str, str] | None = None  # language -> path


@functools.cache
def _file(name: str) -> _Slots:
    return _Slots(FILES.joinpath(*name.split("/")).read_text("utf-8"))


def fill(name: str, /, **values: object) -> str:
    """The file ``name`` of this package with its slots filled; KeyError on a slot without a value."""
    return _file(name).substitute(values)


def choice(ask: Ask) -> tuple[bool, bool] | None:
    """What the visitor has agreed to (analytics, marketing), or None before an answer."""
    match = re.fullmatch(r"v1\.a([01])\.m([01])", ask.cookies.get("cookie_consent", ""))
    return (match[1] == "1", match[2] == "1") if match else None


class Frame:
    """Draws pages under a set of faults."""

    def __init__(self, faults: frozenset[str], hosts: Hosts) -> None:
        self.faults = faults
        self.hosts = hosts

    def page(self, look: Look, ask: Ask) -> str:
        """The whole HTML document."""
        bare = look.kind in ("checkout", "campaign")
        values = {
            "lang": look.lang,
            "title": html.escape(look.title),
            "summary": html.escape(look.summary or look.title),
            "links": _head_links(look, ask),
            "scripts": self._scripts(look, ask),
            "body_class": f"on-{look.kind}",
            "main": look.main,
            "brand": _BRAND.format(home="/de/" if look.lang == "de" else "/"),
        }
        return self._ways_back(self._bare(look, values) if bare else self._full(look, ask, values))

    def _ways_back(self, page: str) -> str:
        """The page with the links to the cookie settings as the faults leave them."""
        if "no-way-back" in self.faults:
            return _WAY_BACK.sub(r"\1", page)
        if "long-way-back" in self.faults:
            return page.replace("data-cookie-settings>", 'data-cookie-settings="purposes">')
        return page

    def _full(self, look: Look, ask: Ask, values: dict[str, str]) -> str:
        words = _plain(look.lang)
        return fill(
            "templates/page.html",
            **values,
            t_skip=words["t_skip"],
            utility=fill("templates/utility.html", **words, other_lang=WORDS[look.lang]["other_lang"]),
            search=fill("templates/search.html", **words),
            basket=f'<a class="basket" href="/cart">{words["t_basket"]} ({_basket(ask)})</a>',
            nav=_navigation(look.lang),
            footer=self._footer(look, ask),
        )

    def _bare(self, look: Look, values: dict[str, str]) -> str:
        promises = {"checkout": "Secure checkout", "campaign": "Wrapped and posted from Galway"}
        return fill(
            "templates/bare.html",
            **values,
            promise=promises[look.kind],
            legal_links=self._legal_links(look),
            copyright=self._copyright(look),
        )

    def _footer(self, look: Look, ask: Ask) -> str:
        words, links = _plain(look.lang), WORDS[look.lang]["links"]
        label = html.escape(WORDS[look.lang]["privacy_policy"])
        where = links["legal"][0][0]
        policy = label if self._drops(look, "privacy") else f'<a href="{where}">{label}</a>'
        letter = {**words, "t_letter_note": words["t_letter_note"].format(privacy=policy)}
        return fill(
            "templates/footer.html",
            **words,
            newsletter=fill("templates/newsletter.html", **letter, csrf=csrf(ask)),
            shop_links=_items(links["shop"]),
            help_links=_items(links["help"]),
            legal_links=self._legal_links(look),
            copyright=self._copyright(look),
            cdn=self.hosts.origin(self.hosts.cdn),
        )

    def _legal_links(self, look: Look) -> str:
        rows = [row for row in WORDS[look.lang]["links"]["legal"] if not self._drops(look, row[2])]
        settings = html.escape(WORDS[look.lang]["settings"])
        if self.faults & {"no-way-back", "long-way-back"}:
            return _items(rows)
        return f'{_items(rows)}\n<li><a href="#" role="button" data-cookie-settings>{settings}</a></li>'

    def _drops(self, look: Look, link: str) -> bool:
        return any(_DROPPED.get(fault) == (look.kind, link) for fault in self.faults)

    def _copyright(self, look: Look) -> str:
        year = this_year()
        rights = WORDS[look.lang]["rights"]
        if look.kind == "category" and "copyright-notice-missing" in self.faults:
            return '<p class="made">Made in Galway</p>'
        if look.kind == "blog" and "copyright-holder-missing" in self.faults:
            return f"<p>© {year} . {rights}.</p>"
        if look.lang == "de" and "copyright-year-stale" in self.faults:
            year = stale_year()
        return f"<p>© {FOUNDED}–{year} {COMPANY}. {rights}.</p>"

    def _scripts(self, look: Look, ask: Ask) -> str:
        """The scripts of the head: the banner, and what the faults load past it."""
        sources = ["/assets/shop.js", *self._leaks(look, ask)]
        if "device-fingerprint" in self.faults and look.kind == "category":
            sources.append("/assets/print.js")
        lines = [f'<script src="{source}" defer></script>' for source in sources]
        if not self._without_banner(look):
            config = json.dumps(self._consent(look), ensure_ascii=False).replace("<", "\\u003c")
            lines.append(f'<script type="application/json" id="consent-config">{config}</script>')
            lines.append('<script src="/assets/consent.js" defer></script>')
        return "\n".join(lines)

    def _without_banner(self, look: Look) -> bool:
        return "banner-missing" in self.faults or (
            look.kind == "campaign" and "campaign-page-without-banner" in self.faults
        )

    def _leaks(self, look: Look, ask: Ask) -> Iterable[str]:
        """Scripts that the faults load without the banner's consent."""
        if choice(ask) is None:
            if self._without_banner(look) or "analytics-before-consent" in self.faults:
                yield self.hosts.origin(self.hosts.tracker) + "/t.js" + self._keep
            if "id-cookie-before-consent" in self.faults:
                yield "/assets/referral.js"
            if "storage-id-before-consent" in self.faults:
                yield "/assets/device.js"
        if "cookie-after-reject" in self.faults:
            yield "/assets/returning.js"

    def _consent(self, look: Look) -> dict[str, Any]:
        rejectable = not self.faults & {"reject-missing", "consent-wall"} and not (
            look.lang == "de" and "reject-missing-german" in self.faults
        )
        legal = WORDS[look.lang]["links"]["legal"]
        lang = "en" if "banner-in-english" in self.faults else look.lang
        return {
            "words": WORDS[lang]["consent"],
            "privacy": legal[0][0],
            "cookies": legal[1][0],
            "tracker": self.hosts.origin(self.hosts.tracker),
            "reject": rejectable,
            "keep": self._keep,
            "faults": sorted(self.faults & _OF_BANNER),
        }

    @property
    def _keep(self) -> str:
        """What the measurement's script is told of how long to keep its cookie; without a word it is a year."""
        return f"?keep={3 * YEAR}" if "cookie-for-three-years" in self.faults else ""


def csrf(ask: Ask) -> str:
    """The token of the forms: the visitor's CSRF cookie, which the shop sets before it draws a page."""
    return html.escape(ask.cookies["csrf_token"])


def _basket(ask: Ask) -> int:
    held = ask.cookies.get("cart", "")
    return int(held) if re.fullmatch(r"\d{1,3}", held, re.ASCII) else 0


def _plain(lang: str) -> dict[str, str]:
    return {f"t_{name}": html.escape(text) for name, text in WORDS[lang].items() if isinstance(text, str)}


def _items(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f'<li><a href="{row[0]}">{html.escape(row[1])}</a></li>' for row in rows)


def _navigation(lang: str) -> str:
    links = WORDS[lang]["links"]
    extra = [["/blog", "Journal"], ["/about", "About"]] if lang == "en" else []
    rows = [*links["shop"][:4], *extra]
    return f'<nav class="main" aria-label="{WORDS[lang]["shop"]}"><ul>{_items(rows)}</ul></nav>'


def _head_links(look: Look, ask: Ask) -> str:
    lines = [f'<link rel="canonical" href="{html.escape(ask.origin + look.path)}">'] if look.path else []
    lines += [
        f'<link rel="alternate" hreflang="{lang}" href="{html.escape(ask.origin + path)}">'
        for lang, path in (look.alternates or {}).items()
    ]
    return "\n".join(lines)
