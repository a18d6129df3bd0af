"""What the shop sells and writes about, and how articles are shown, filtered and sorted."""

from __future__ import annotations

import html
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from auditor.demo.faults import FILES
from auditor.demo.pictures import drawing

_STOCK: Mapping[str, Any] = tomllib.loads(FILES.joinpath("stock.toml").read_text("utf-8"))
PRODUCTS: Mapping[int, Mapping[str, Any]] = dict(enumerate(_STOCK["product"], 1))
CATEGORIES: Mapping[str, Mapping[str, str]] = {row["slug"]: row for row in _STOCK["category"]}
POSTS: Mapping[str, Mapping[str, str]] = {row["slug"]: row for row in _STOCK["post"]}
NUMBERS: Mapping[str, int] = {row["slug"]: number for number, row in PRODUCTS.items()}
_SORTS = {"": "Our order", "price-asc": "Price, low first", "price-desc": "Price, high first", "name": "Name"}
_COLOURS = {"moss": "Moss", "clay": "Clay", "ink-blue": "Ink blue", "natural": "Natural"}
_PRICES = {
    "under-15": ("Under €15", 0, 1500),
    "15-to-30": ("€15 to €30", 1500, 3000),
    "over-30": ("Over €30", 3000, 10**6),
}


def euro(cents: int) -> str:
    """A price in cents, as the shop shows it."""
    return f"€{cents // 100}.{cents % 100:02d}"


def cards(numbers: Iterable[int], buy: bool = False) -> str:
    """List items for these articles; with ``buy`` also the link that puts one into the basket (by GET)."""
    return "\n".join(_card(number, buy) for number in numbers)


def _card(number: int, buy: bool) -> str:
    row = PRODUCTS[number]
    name = html.escape(row["name"])
    add = f'<a class="add" href="?add-to-cart={number}" rel="nofollow">Add to basket</a>' if buy else ""
    return (
        f'<li class="card"><a href="/product/{row["slug"]}">{drawing(row["picture"], row["ink"])}'
        f'<strong>{name}</strong></a><span class="price">{euro(row["price"])}</span>{add}</li>'
    )


def tile(row: Mapping[str, str]) -> str:
    """The list item of a category."""
    first = next(product for product in PRODUCTS.values() if product["category"] == row["slug"])
    name = html.escape(row["name"])
    picture = drawing(first["picture"], first["ink"])
    return f'<li><a href="/category/{row["slug"]}">{picture}<strong>{name}</strong></a></li>'


def post_list() -> str:
    """List items for all posts."""
    return "\n".join(
        f'<li><h3><a href="/blog/{slug}">{html.escape(row["title"])}</a></h3><p>{html.escape(row["says"])}</p></li>'
        for slug, row in POSTS.items()
    )


def filtered(slug: str, query: Mapping[str, str]) -> list[int]:
    """The numbers of the category's articles that pass the filters, in the order asked for."""
    found = [n for n, row in PRODUCTS.items() if row["category"] == slug and row.get("listed", True)]
    if colour := query.get("colour"):
        found = [n for n in found if PRODUCTS[n]["colour"] == colour]
    if band := _PRICES.get(query.get("price", "")):
        found = [n for n in found if band[1] <= PRODUCTS[n]["price"] < band[2]]
    keys: Mapping[str, Callable[[int], Any]] = {
        "price-asc": lambda n: PRODUCTS[n]["price"],
        "price-desc": lambda n: -PRODUCTS[n]["price"],
        "name": lambda n: PRODUCTS[n]["name"],
    }
    key = keys.get(query.get("sort", ""))
    return sorted(found, key=key) if key else found


def _with(query: Mapping[str, str], **changes: str) -> str:
    """The query string with some parameters changed; an empty value takes one out."""
    known = {name: value for name, value in query.items() if name in ("colour", "price", "sort", "page")}
    kept = {name: value for name, value in {**known, **changes}.items() if value}
    return "?" + html.escape(urlencode(kept)) if kept else "?"


def filters(query: Mapping[str, str]) -> str:
    """The filter column; each link adds one filter to those in force, or takes it out again."""
    prices = {name: band[0] for name, band in _PRICES.items()}
    return _facet("Colour", "colour", _COLOURS, query) + _facet("Price", "price", prices, query)


def _facet(title: str, name: str, values: Mapping[str, str], query: Mapping[str, str]) -> str:
    lines = []
    for value, label in values.items():
        active = query.get(name) == value
        target = _with(query, page="", **{name: "" if active else value})
        lines.append(f"<li>{_link(target, label, 'true' if active else '')}</li>")
    return f"<h2>{title}</h2><ul>{''.join(lines)}</ul>"


def sorting(query: Mapping[str, str]) -> str:
    """The links for sorting."""
    links = (_link(_with(query, sort=value, page=""), label) for value, label in _SORTS.items())
    return "Sort: " + " · ".join(links)


def pagination(query: Mapping[str, str], page: int, pages: int) -> str:
    """Links to all pages of a list; the first page is the address without a number."""
    return " ".join(
        _link(_with(query, page="" if n == 1 else str(n)), str(n), "page" if n == page else "")
        for n in range(1, pages + 1)
    )


def _link(target: str, label: str, current: str = "") -> str:
    mark = f' aria-current="{current}"' if current else ""
    return f'<a href="{target}"{mark}>{label}</a>'


def product_data(row: Mapping[str, Any]) -> str:
    """Structured data for search engines (schema.org Product)."""
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": row["name"],
        "description": row["says"],
        "offers": {"@type": "Offer", "price": f"{row['price'] / 100:.2f}", "priceCurrency": "EUR"},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
