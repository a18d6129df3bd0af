"""Which pages are visited, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model import Link, LinkBlock, Page
from auditor.spiders.choice import choose_pages, cut_note
from auditor.spiders.shape import shape_of
from auditor.store import Address, Run

SHOP = "https://shop.example"


@pytest.fixture
def run(tmp_path: Path):
    with Run.create(tmp_path / "run") as run:
        run.note("start_url", f"{SHOP}/")
        yield run


def add(run: Run, path: str, *, links=(), **fields) -> None:
    url = SHOP + path
    found = (
        [LinkBlock(digest=path, place="main", links=tuple(Link(url=SHOP + link) for link in links))] if links else []
    )
    run.offer([Address(key=url, url=url)])
    page = {"status": 200, "content_type": "text/html", "shape": shape_of(url), "template": shape_of(url), **fields}
    run.finish(run.take(), Page(url=url, **page), found, [])


def chosen(run: Run, **visits) -> list[tuple[str, str]]:
    return [(url.removeprefix(SHOP), role) for url, role in choose_pages(run, Config(shop=SHOP, visits=visits))]


def shop(run: Run, *, product="/product/lamp-{}", category="/category/desk-{}", products=6) -> None:
    names = [product.format(n) for n in range(products)]
    add(run, "/", template="/")
    for number in range(2):
        add(run, category.format(number), links=names, template="listing")
    for name in names:
        add(run, name, template="item")
    add(run, "/privacy-policy", legal=("privacy",), template="text")
    add(run, "/imprint", legal=("imprint",), template="text")
    add(run, "/about", template="text")


def test_visitors_way_first(run):
    shop(run)
    add(run, "/cart", template="cart")
    add(run, "/checkout", template="checkout")
    pages = chosen(run)
    assert pages[:4] == [
        ("/", "home"),
        ("/category/desk-0", "category"),
        ("/product/lamp-0", "product"),
        ("/privacy-policy", "legal"),
    ]
    rest = {"/imprint": "legal", "/about": "template", "/cart": "template", "/checkout": "template"}
    assert dict(pages[4:]) == rest


@pytest.mark.parametrize(
    ("product", "category"),
    [
        ("/lampe-{}-p-10.html", "/leuchten-{}-c-3.html"),
        ("/index.php?route=product/product&product_id={}", "/index.php?route=product/category&path={}"),
        ("/de/lampen/schreibtisch/lampe-{}", "/de/lampen-{}"),
        ("/goods.php?id={}", "/category.php?id={}"),
        ("/lamp-{}", "/c-{}/"),
    ],
)
def test_product_and_category_by_other_addresses(run, product, category):
    shop(run, product=product, category=category)
    roles = {role: url for url, role in reversed(chosen(run))}
    assert roles["product"] == product.format(0) and roles["category"] == category.format(0)


def test_largest_template_of_a_shop_with_a_magazine_is_not_the_product(run):
    shop(run)
    for number in range(30):
        add(run, f"/blog/post-{number}", template="post")
    assert ("/product/lamp-0", "product") in chosen(run)
    assert ("/blog/post-0", "template") in chosen(run)


def test_every_page_with_news_gravest_first(run):
    shop(run)
    add(run, "/product/plain", template="item")
    add(run, "/product/picture", template="item", news=("image-host:img.example",))
    add(run, "/product/tracked-by-a-host", template="item", news=("script-host:t.example",))
    add(run, "/product/cookie", template="item", news=("cookie:uid", "inline:0123"))
    news = [url for url, role in chosen(run) if role == "news"]
    assert news == ["/product/tracked-by-a-host", "/product/cookie", "/product/picture"]


def test_all_selected_and_the_limit(run):
    shop(run)
    assert ("/product/lamp-5", "selected") in chosen(run, selected=("/product/lamp-5",), limit=5)
    assert len(chosen(run, pages="all")) == 12
    assert len(chosen(run, pages="all", limit=7)) == 7
    note = cut_note(run, Config(shop=SHOP, visits={"pages": "all", "limit": 7}))
    assert note == "5 of 12 pages that are worth a visit are left out (visits.limit is 7)"
    assert cut_note(run, Config(shop=SHOP)) == ""


def test_only_pages_that_answered(run):
    add(run, "/", template="/")
    add(run, "/gone", status=404)
    add(run, "/moved", redirect_to=f"{SHOP}/")
    add(run, "/terms.pdf", content_type="application/pdf", legal=("terms",))
    assert chosen(run, pages="all") == [("/", "home")]
