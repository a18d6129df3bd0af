"""The pages: builders that turn an address into a page, as the faults want it."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.demo.faults import FILES, slots, this_year
from auditor.demo.layout import Frame, Look, choice, csrf, fill
from auditor.demo.messages import Answer, Ask, redirect
from auditor.demo.pictures import drawing
from auditor.demo.stock import (
    CATEGORIES,
    NUMBERS,
    POSTS,
    PRODUCTS,
    cards,
    euro,
    filtered,
    filters,
    pagination,
    post_list,
    product_data,
    sorting,
    tile,
)

_COOKIES: Sequence[Mapping[str, Any]] = tomllib.loads(FILES.joinpath("cookies.toml").read_text("utf-8"))["item"]
DEEP_PRODUCT = "brass-paper-clips"  # the one that carries an advertising pixel under tracker-on-deep-product
PER_PAGE = 4
_GIFTS = (3, 6, 11, 15, 18, 19)
_FIXED = ("/", "/gift-guide", "/blog", "/cart", "/checkout")
# Which fault takes which legal page away.
_BROKEN = {
    "/de/widerruf": "legal-link-404",
    "/returns": "legal-page-soft-404",
    "/imprint": "legal-page-redirects-home",
}
_TABLE = {
    "en": {
        "head": ("Name", "Set by", "Purpose", "Kept", "Kind"),
        "shop": "the shop",
        "necessary": "Necessary",
        "analytics": "Measuring, with consent",
        "marketing": "Advertising, with consent",
        "on demand": "On your click",
    },
    "de": {
        "head": ("Name", "Gesetzt von", "Zweck", "Dauer", "Art"),
        "shop": "der Shop",
        "necessary": "Notwendig",
        "analytics": "Messung, mit Einwilligung",
        "marketing": "Werbung, mit Einwilligung",
        "on demand": "Auf Ihren Klick",
    },
}


@dataclass(frozen=True, slots=True)
class Text:
    """A page that consists of one text file; ``twin`` is its counterpart in the other language."""

    file: str
    title: str
    lang: str = "en"
    twin: str = ""


TEXTS: Mapping[str, Text] = {
    "/privacy": Text("en/privacy", "Privacy policy", twin="/de/datenschutz"),
    "/cookies": Text("en/cookies", "Cookie notice"),
    "/terms": Text("en/terms", "Terms and conditions", twin="/de/agb"),
    "/copyright": Text("en/copyright", "Copyright and disclaimer", twin="/de/urheberrecht"),
    "/imprint": Text("en/imprint", "Imprint", twin="/de/impressum"),
    "/returns": Text("en/returns", "Returns and right of withdrawal", twin="/de/widerruf"),
    "/shipping": Text("en/shipping", "Delivery"),
    "/about": Text("en/about", "About us"),
    "/contact": Text("en/contact", "Contact", twin="/de/kontakt"),
    "/de/": Text("de/home", "Papier, das Tinte verträgt", "de", twin="/"),
    "/de/datenschutz": Text("de/datenschutz", "Datenschutzerklärung", "de", twin="/privacy"),
    "/de/agb": Text("de/agb", "Allgemeine Geschäftsbedingungen", "de", twin="/terms"),
    "/de/impressum": Text("de/impressum", "Impressum", "de", twin="/imprint"),
    "/de/widerruf": Text("de/widerruf", "Widerrufsbelehrung", "de", twin="/returns"),
    "/de/urheberrecht": Text("de/urheberrecht", "Urheberrecht und Haftungsausschluss", "de", twin="/copyright"),
    "/de/kontakt": Text("de/kontakt", "Kontakt", "de", twin="/contact"),
}


class Pages:
    """Builds the pages under a set of faults; ``answer`` is None for addresses that are no page."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.faults = frame.faults
        self._plain: Mapping[str, Callable[[Ask], Look]] = {
            "/": self._home,
            "/gift-guide": self._gift_guide,
            "/blog": self._blog,
            "/cart": self._cart,
            "/checkout": self._checkout,
            "/account": self._account,
            "/search": self._search,
        }

    def answer(self, ask: Ask) -> Answer | None:
        """The page at the address, as the faults want it."""
        if ask.path in TEXTS:
            return self._text(ask)
        if ask.path in self._plain:
            return self.show(self._plain[ask.path](ask), ask)
        shelf, _, slug = ask.path.removeprefix("/").partition("/")
        builders = {
            "category": (CATEGORIES, self._category),
            "product": (NUMBERS, self._product),
            "blog": (POSTS, self._post),
        }
        known, build = builders.get(shelf, ({}, None))
        return self.show(build(slug, ask), ask) if build and slug in known else None

    def show(self, look: Look, ask: Ask, status: int = 200) -> Answer:
        """The look in its frame."""
        return Answer(self.frame.page(look, ask).encode(), status)

    def missing(self, ask: Ask, status: int = 404) -> Answer:
        """The page for addresses that are not there; a soft 404 sends it with status 200."""
        german = ask.path.startswith("/de/")
        title = "Seite nicht gefunden" if german else "Page not found"
        says = (
            "Die gesuchte Seite gibt es nicht (mehr)."
            if german
            else "The page that you are looking for does not exist."
        )
        back = '<a href="/de/">Zur Startseite</a>' if german else '<a href="/">Back to the shop</a>'
        main = f'<h1>{title}</h1><p class="lead">{says}</p><p>{back}</p>'
        return self.show(Look(kind="page", title=title, main=main, lang="de" if german else "en"), ask, status)

    # --- pages of one text --------------------------------------------------------------------------------------

    def _text(self, ask: Ask) -> Answer:
        fault = _BROKEN.get(ask.path)
        if fault in self.faults:
            return self._broken(fault, ask)
        return self.show(self._text_look(TEXTS[ask.path], ask), ask)

    def _broken(self, fault: str, ask: Ask) -> Answer:
        if fault == "legal-page-redirects-home":
            return redirect("/")
        return self.missing(ask, status=200 if fault == "legal-page-soft-404" else 404)

    def _text_look(self, text: Text, ask: Ask) -> Look:
        body = ""
        if not (ask.path == "/cookies" and "legal-page-title-only" in self.faults):
            values = {**slots(self.faults), "cookie_table": cookie_table(text.lang)}
            body = fill(f"texts/{text.file}.html", **values, year=this_year(), csrf=csrf(ask))
        pair = {text.lang: ask.path, "de" if text.lang == "en" else "en": text.twin} if text.twin else None
        heading = f"<h1>{html.escape(text.title)}</h1>"
        main = f'<article class="text">{heading}\n{body}</article>'
        return Look(kind="page", title=text.title, main=main, lang=text.lang, path=ask.path, alternates=pair)

    # --- the shop -----------------------------------------------------------------------------------------------

    def _home(self, ask: Ask) -> Look:
        main = fill(
            "templates/home.html",
            cdn=self.frame.hosts.origin(self.frame.hosts.cdn),
            tiles="\n".join(map(tile, CATEGORIES.values())),
            cards=cards((1, 6, 11, 18)),
            posts=post_list(),
        )
        summary = "Notebooks, pens, cards and things for the desk, made in Galway."
        pair = {"en": "/", "de": "/de/"}
        return Look(kind="home", title="Stationery", main=main, summary=summary, path="/", alternates=pair)

    def _gift_guide(self, ask: Ask) -> Look:
        cdn = self.frame.hosts.origin(self.frame.hosts.cdn)
        main = fill("templates/gift-guide.html", cdn=cdn, cards=cards(_GIFTS))
        return Look(kind="campaign", title="Gift guide", main=main, path="/gift-guide")

    def _category(self, slug: str, ask: Ask) -> Look:
        row = CATEGORIES[slug]
        found = filtered(slug, ask.query)
        pages = max(1, -(-len(found) // PER_PAGE))
        wanted = ask.query.get("page", "1")
        page = min(int(wanted), pages) if wanted.isascii() and wanted.isdecimal() and int(wanted) else 1
        main = fill(
            "templates/category.html",
            name=html.escape(row["name"]),
            says=html.escape(row["says"]),
            count=len(found),
            filters=filters(ask.query),
            sorting=sorting(ask.query),
            cards=cards(found[(page - 1) * PER_PAGE : page * PER_PAGE], buy=True),
            pages=pagination(ask.query, page, pages),
        )
        path = ask.path if page == 1 else f"{ask.path}?page={page}"
        return Look(kind="category", title=row["name"], main=main, summary=row["says"], path=path)

    def _product(self, slug: str, ask: Ask) -> Look:
        number = NUMBERS[slug]
        row = PRODUCTS[number]
        mates = [n for n, other in PRODUCTS.items() if other["category"] == row["category"] and n != number]
        main = fill(
            "templates/product.html",
            name=html.escape(row["name"]),
            number=number,
            category=html.escape(CATEGORIES[row["category"]]["name"]),
            category_slug=row["category"],
            picture=drawing(row["picture"], row["ink"], html.escape(row["name"])),
            price=euro(row["price"]),
            says=html.escape(row["says"]),
            facts="\n".join(f"<li>{html.escape(fact)}</li>" for fact in row["facts"]),
            csrf=csrf(ask),
            cards=cards([n for n in mates if PRODUCTS[n].get("listed", True)][:3]),
            data=product_data(row),
            pixel=self._pixel(slug),
        )
        return Look(kind="product", title=row["name"], main=main, summary=row["says"], path=ask.path)

    def _pixel(self, slug: str) -> str:
        if slug != DEEP_PRODUCT or "tracker-on-deep-product" not in self.faults:
            return ""
        return f'<script src="{self.frame.hosts.origin(self.frame.hosts.ads)}/adl.js" async></script>'

    def _cart(self, ask: Ask) -> Look:
        main = fill("templates/cart.html", cards=cards((2, 10, 13)))
        return Look(kind="page", title="Your basket", main=main, path="/cart")

    def _checkout(self, ask: Ask) -> Look:
        name = "terms and conditions"
        terms = name if "terms-link-missing-checkout" in self.faults else f'<a href="/terms">{name}</a>'
        main = fill("templates/checkout.html", csrf=csrf(ask), terms=terms)
        return Look(kind="checkout", title="Checkout", main=main, path="/checkout")

    def _account(self, ask: Ask) -> Look:
        main = (
            '<h1>Your account</h1><form class="stacked" action="/account" method="post">'
            f'<input type="hidden" name="csrf_token" value="{csrf(ask)}">'
            '<label>E-mail <input type="email" name="email" required autocomplete="username"></label>'
            '<label>Password <input type="password" name="password" required autocomplete="current-password"></label>'
            '<button class="button">Sign in</button></form><p><a href="/logout">Not you? Sign out</a></p>'
        )
        return Look(kind="page", title="Your account", main=main)

    def _search(self, ask: Ask) -> Look:
        wanted = ask.query.get("q", "").strip()
        found = [n for n, row in PRODUCTS.items() if wanted and wanted.lower() in (row["name"] + row["says"]).lower()]
        said = f"{len(found)} articles for “{html.escape(wanted)}”" if wanted else "What are you looking for?"
        main = f'<h1>Search</h1><p class="lead">{said}</p><ul class="cards">{cards(found)}</ul>'
        return Look(kind="page", title="Search", main=main)

    # --- the journal --------------------------------------------------------------------------------------------

    def _blog(self, ask: Ask) -> Look:
        main = f'<h1>Journal</h1><p class="lead">Notes from the workshop.</p><ul class="posts">{post_list()}</ul>'
        return Look(kind="blog", title="Journal", main=main, path="/blog")

    def _post(self, slug: str, ask: Ask) -> Look:
        row = POSTS[slug]
        text = fill(f"texts/posts/{slug}.html", video=self._video(ask))
        main = (
            '<nav class="crumbs" aria-label="Breadcrumb"><a href="/">Home</a> / <a href="/blog">Journal</a></nav>'
            f'<article class="text"><h1>{html.escape(row["title"])}</h1>'
            f'<p class="lead">{html.escape(row["says"])}</p>{text}</article>'
        )
        return Look(kind="blog", title=row["title"], main=main, summary=row["says"], path=ask.path)

    def _video(self, ask: Ask) -> str:
        source = self.frame.hosts.origin(self.frame.hosts.video) + "/embed/sewing"
        title = "Edda at the sewing frame"
        if "video-before-consent" in self.faults and choice(ask) is None:
            return f'<div class="video"><iframe src="{source}" title="{title}"></iframe></div>'
        return (
            f'<div class="video"><button type="button" data-video="{source}" data-title="{title}">'
            "<strong>Play the film</strong> It comes from Reelbarn Video, which then sets a cookie.</button></div>"
        )


def sitemap_paths() -> tuple[list[str], list[str]]:
    """Every address of the shop that is meant to be found: pages, and products."""
    pages = [*_FIXED, *TEXTS, *(f"/category/{slug}" for slug in CATEGORIES), *(f"/blog/{slug}" for slug in POSTS)]
    return pages, [f"/product/{row['slug']}" for row in PRODUCTS.values()]


def cookie_table(lang: str) -> str:
    """The declared cookies and storage as an HTML table."""
    words = _TABLE[lang]
    head = "".join(f'<th scope="col">{title}</th>' for title in words["head"])
    rows = []
    for item in _COOKIES:
        by = words["shop"] if item["by"] == "the shop" else item["by"]
        cells = (f"<code>{item['name']}</code>", by, *item[lang], words[item["kind"]])
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f'<table class="cookies"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
