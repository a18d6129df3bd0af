"""Which pages are visited: a visitor's way through the shop first, then whatever may bring something new.

The choice depends on the run's pages alone, so that an unchanged shop is visited in the same way every time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urljoin, urlsplit

from auditor.config import Config
from auditor.model import LEGAL_KINDS, Page
from auditor.spiders.answer import PAGE_TYPES
from auditor.spiders.shape import shape_of
from auditor.store import Run

MAX_LOOKED_AT = 60  # templates whose sample is asked for links to products
MIN_PRODUCTS = 3  # pages that a template must have to be taken for the products' without a word that says so
# What a page brought, gravest first: a host that is run with the shop's rights, what is stored, code, what is shown.
NEWS = ("script-host:", "frame-host:", "cookie:", "script:", "inline:", "image-host:")
_SPLIT = re.compile(r"[/_.=&?|-]+")

Chosen = list[tuple[str, str]]


@dataclass(slots=True)
class _Template:
    """What is known of the pages of one template."""

    name: str
    sample: str
    pages: int = 0
    product: int = 0  # pages whose address says so
    category: int = 0
    editorial: int = 0
    legal: int = 0


@dataclass(slots=True)
class _Survey:
    """The run's pages, read once; what grows with their number are the legal pages and those with news."""

    home: str
    templates: dict[str, _Template] = field(default_factory=dict)
    legal: list[tuple[int, int, str]] = field(default_factory=list)  # (rank of kind, length, address)
    news: list[tuple[int, int, str]] = field(default_factory=list)
    carts: list[tuple[int, str]] = field(default_factory=list)
    checkouts: list[tuple[int, str]] = field(default_factory=list)


def choose_pages(run: Run, config: Config) -> Chosen:
    """(address, role) of the pages to visit, in order, home first; at most ``visits.limit``."""
    return _wanted(run, config)[: config.visits.limit]


def cut_note(run: Run, config: Config) -> str:
    """What the reader should know when ``visits.limit`` leaves pages out; "" when it does not."""
    wanted, limit = len(_wanted(run, config)), config.visits.limit
    if wanted <= limit:
        return ""
    return f"{wanted - limit} of {wanted} pages that are worth a visit are left out (visits.limit is {limit})"


def _wanted(run: Run, config: Config) -> Chosen:
    home = run.noted("start_url") or config.shop
    survey = _survey(run, home)
    product = _product(survey)
    chosen: dict[str, str] = {home: "home"}
    for url, role in _in_order(run, config, survey, product):
        chosen.setdefault(url, role)
    return list(chosen.items())


def _in_order(run: Run, config: Config, survey: _Survey, product: _Template | None) -> Iterator[tuple[str, str]]:
    category = _category(run, survey, product)
    legal = [url for *_, url in sorted(survey.legal)]
    if category:
        yield category.sample, "category"
    if product:
        yield product.sample, "product"
    yield from ((url, "legal") for url in legal[:1])
    yield from ((urljoin(survey.home, item), "selected") for item in config.visits.selected)
    templates = sorted(survey.templates.values(), key=lambda template: (-template.pages, template.name))
    yield from ((template.sample, "template") for template in templates if not template.legal)
    yield from ((url, "legal") for url in legal)
    yield from ((template.sample, "template") for template in templates)
    yield from ((min(pages)[1], "cart") for pages in (survey.carts, survey.checkouts) if pages)
    yield from ((url, "news") for *_, url in sorted(survey.news))
    if config.visits.pages == "all":
        yield from ((url, "page") for url, *_ in _pages(run))


def _pages(run: Run) -> Iterator[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    """Address, shape, template, kinds and news of the HTML pages that answered."""
    rows = run.values(Page, "url", "shape", "template", "legal", "news", "content_type", status=200, redirect_to="")
    return (row[1:6] for row in rows if row[6] in PAGE_TYPES)


def _survey(run: Run, home: str) -> _Survey:
    survey = _Survey(home)
    for url, shape, name, legal, news in _pages(run):
        words = _words(url)
        template = survey.templates.setdefault(name or shape, _Template(name or shape, url))
        template.sample = min(template.sample, url, key=_by_length)
        template.pages += 1
        for kind in ("product", "category", "editorial"):
            setattr(template, kind, getattr(template, kind) + bool(words & _known(kind)))
        template.legal += bool(legal)
        if legal:
            survey.legal.append((min(LEGAL_KINDS.index(kind) for kind in legal), len(url), url))
        if rank := _news_rank(news):
            survey.news.append((rank, len(url), url))
        if words & _known("cart"):
            survey.carts.append((len(url), url))
        if words & _known("checkout"):
            survey.checkouts.append((len(url), url))
    return survey


def _by_length(url: str) -> tuple[int, str]:
    return len(url), url


def _news_rank(news: Iterable[str]) -> int:
    """1 for the gravest news of a page, more for lighter ones, 0 for none."""
    ranks = (index for index, kind in enumerate(NEWS, 1) for item in news if item.startswith(kind))
    return min(ranks, default=0)


def _words(url: str) -> frozenset[str]:
    """The words of an address's path and query."""
    parts = urlsplit(url)
    text = unquote(f"{parts.path}?{parts.query}").lower()
    segments = [segment for segment in re.split(r"[/?&=]", text) if segment]
    return frozenset([*segments, *(word for segment in segments for word in _SPLIT.split(segment) if word)])


@cache
def _known(kind: str) -> frozenset[str]:
    table = tomllib.loads(files("auditor.spiders").joinpath("choice.toml").read_text("utf-8"))
    return frozenset(table[kind].split())


# --- products and categories ------------------------------------------------------------------------------------


def _product(survey: _Survey) -> _Template | None:
    """The products' template: the largest whose addresses say so, else the largest that is nothing else."""
    others = [t for t in survey.templates.values() if t.sample != survey.home and not t.legal]
    named = [t for t in others if t.product * 2 > t.pages and t.editorial * 2 <= t.pages]
    large = [t for t in others if t.pages >= MIN_PRODUCTS and t.editorial * 2 <= t.pages and t.category * 2 <= t.pages]
    pool = [t for t in named if t.pages >= MIN_PRODUCTS] or large or named
    return max(pool, key=lambda t: (t.pages, t.name), default=None)


def _category(run: Run, survey: _Survey, product: _Template | None) -> _Template | None:
    """The template whose sample links to most products; where none does, the one whose address says it is a category."""
    others = [t for t in survey.templates.values() if t is not product and t.sample != survey.home and not t.legal]
    others = sorted(others, key=lambda t: (-t.pages, t.name))[:MAX_LOOKED_AT]
    if product is not None:
        shape = shape_of(product.sample)
        links = {t.name: _links_to(run, t.sample, shape) for t in others}
        best = max(others, key=lambda t: (t.category > 0, links[t.name], t.name), default=None)
        if best is not None and links[best.name] > 1:
            return best
    return next((t for t in others if t.category * 2 > t.pages), None)


def _links_to(run: Run, url: str, shape: str) -> int:
    """How many different pages of a shape the page links to from its main part."""
    page = next(run.fetch(Page, url=url), None)
    blocks = (run.get(f"link_block:{row}") for row in page.blocks) if page else ()
    links = (link.url for block in blocks if block.place == "main" for link in block.links)
    return len({link for link in links if link and shape_of(link) == shape})
