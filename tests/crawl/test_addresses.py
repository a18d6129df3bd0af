"""Addresses: one page by many spellings, families of filters, shapes, what is out of bounds."""

from __future__ import annotations

import pytest

from auditor.config import Crawl
from auditor.model import Link
from auditor.spiders.facets import family_of, goes_in_circles, limit_of
from auditor.spiders.follow import Follow, Origin
from auditor.spiders.scope import Scope, is_file
from auditor.spiders.shape import shape_of
from auditor.urls import cleaned, normalised

SHOP = "https://shop.example"


@pytest.mark.parametrize(
    ("spelling", "address"),
    [
        ("HTTPS://Shop.Example:443", "https://shop.example/"),
        ("http://shop.example:80/a/../b/./c", "http://shop.example/b/c"),
        ("https://shop.example/a#top", "https://shop.example/a"),
        ("https://user:pw@shop.example/a", "https://shop.example/a"),
        ("https://shop.example/datenschutzerklärung", "https://shop.example/datenschutzerkl%C3%A4rung"),
        ("https://shop.example/%7efoo%2fbar", "https://shop.example/~foo%2Fbar"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://shop.example/a?b=2&a=1", "https://shop.example/a?a=1&b=2"),
        ("https://shop.example/a?utm_source=x&gclid=y&fbclid=z&id=1", "https://shop.example/a?id=1"),
        ("https://shop.example/a?PHPSESSID=0123456789abcdef&id=1", "https://shop.example/a?id=1"),
        ("https://shop.example/a;jsessionid=0A1B?id=1", "https://shop.example/a?id=1"),
        ("https://shop.example/a?sid=0f1e2d3c4b5a&osCsid=9", "https://shop.example/a"),
        ("https://shop.example/a?sid=5", "https://shop.example/a?sid=5"),
        (
            "https://shop.example/index.php?s=/index/goods/1.html",
            "https://shop.example/index.php?s=/index/goods/1.html",
        ),
        ("https://shop.example/A/", "https://shop.example/A/"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
        ("https://shop.example/a b?c=d e", "https://shop.example/a%20b?c=d%20e"),
        ("mailto:a@shop.example", ""),
        ("http://[bad", ""),
        ("http://shop.example:99999/", ""),
        ("https://shop.example/" + "x" * 3000, ""),
    ],
)
def test_spellings_of_one_address(spelling, address):
    assert normalised(spelling) == address
    assert normalised(normalised(spelling)) == address


def test_the_fetched_address_keeps_the_order_of_its_parameters():
    assert cleaned("https://shop.example/a?b=2&utm_id=x&a=1") == "https://shop.example/a?b=2&a=1"


@pytest.mark.parametrize(
    "pages_of_their_own",
    [
        ("/goods.php?id=1", "/goods.php?id=2"),
        ("/?p=12", "/?p=13"),
        ("/index.php?s=/index/goods/index/id/1.html", "/index.php?s=/index/goods/index/id/2.html"),
        ("/index.php?route=product/category&path=20", "/index.php?route=product/category&path=21"),
        ("/index.php?controller=product&id_product=4",),
        ("/shop.php?artikel=5",),
        ("/blog/2024/05/12/a-title",),
        ("/product/lamp-2024-5-6",),
        ("/de/a/b/c",),
    ],
)
def test_no_families(pages_of_their_own):
    assert [family_of(SHOP + path) for path in pages_of_their_own] == [""] * len(pages_of_their_own)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("facets", ("/category.php?id=1&sort=price", "/category.php?id=2&brand=3&price_min=4&order=ASC")),
        ("facets", ("/shoes/?filter_color=red", "/hats/?filter_size=m&orderby=price&paged=2")),
        ("facets", ("/?s=pen", "/?s=ink")),
        ("facets", ("/c?filter[color]=red", "/c?filter[size]=m")),
        ("facets", ("/shoes/filter/color/red", "/shoes/filter/size/m")),
        ("facets", ("/events/2024/05", "/events/2031/07")),
        ("facets", ("/collections/all/red+blue", "/collections/all/green+tin")),
        (
            "ways",
            (
                "/index.php?route=product/product&path=20&product_id=3",
                "/index.php?route=product/product&search=x&product_id=3",
            ),
        ),
        ("pages", ("/shop?page=2", "/shop?page=3")),
        ("pages", ("/shop/page/2/", "/shop/page/3/")),
        ("query", ("/women/tops.html?climate=202&pattern=195", "/women/bottoms.html?climate=204")),
        (
            "query",
            (
                "/category-1-b2-min0-max9-attr0.0-1-goods_id-DESC.html",
                "/category-1-b3-min5-max9-attr1.2-2-goods_id-ASC.html".replace("ASC", "DESC"),
            ),
        ),
    ],
)
def test_families(kind, members):
    families = {family_of(SHOP + path) for path in members}
    assert len(families) == 1
    assert families.pop().startswith(f"{kind}:")


def test_limits_of_families():
    assert limit_of("", 20) == 0
    assert limit_of("facets:x", 20) == 20
    assert limit_of("ways:x", 20) == 2 and limit_of("ways:x", 1) == 1
    assert limit_of("pages:x", 20) > limit_of("query:x", 20) > 20


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/", "/"),
        ("/privacy", "/*"),
        ("/product/blue-pen", "/product/*"),
        ("/product/blue-pen/", "/product/*/"),
        ("/product/12/reviews", "/product/*/*"),
        ("/de/", "/de/"),
        ("/blue-pen.html", "/*.html"),
        ("/goods.php?id=3&sort=x&page=2", "/goods.php?id=*"),
        ("/index.php?route=product/product&product_id=3", "/index.php?route=product/product&product-id=*"),
        ("/index.php?s=/index/goods/index/id/31.html", "/index.php?s=/index/goods/index/id/*.html"),
        ("/category/pens/page/3", "/category/*"),
    ],
)
def test_shapes(path, shape):
    assert shape_of(SHOP + path) == shape


@pytest.mark.parametrize(
    ("path", "circles"),
    [
        ("/a/a/a", True),
        ("/x/a/b/a/b/a/b", True),
        ("/a/b/a/b", False),
        ("/" + "/".join("abcdefghijklmnopqrstuvw"), True),
        ("/de/shop/pens/blue", False),
    ],
)
def test_ever_deeper_paths(path, circles):
    assert goes_in_circles(SHOP + path) is circles


@pytest.mark.parametrize(
    ("start", "url", "covered"),
    [
        ("https://www.shop.example/", "http://blog.shop.example/x", True),
        ("https://www.shop.example/", "https://shop.example:443/x", True),
        ("https://www.shop.example/", "https://shop.example:8443/x", False),
        ("https://www.shop.example:8443/", "https://www.shop.example:8443/x", True),
        ("https://www.shop.example/", "https://shop.example.org/", False),
        ("https://www.shop.example/", "https://notshop.example/", False),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/x", True),
        ("http://127.0.0.1:8000/", "http://127.0.0.2:8000/x", False),
        ("http://a.localhost:8000/", "http://b.a.localhost:8000/x", True),
        ("http://a.localhost:8000/", "http://b.localhost:8000/x", False),
        ("http://[::1]:8000/", "http://[::1]:8000/x", True),
        ("https://shop.example/", "ftp://shop.example/x", False),
        ("https://shop.example/", "https://shop.example@evil.example/", False),
    ],
)
def test_scope(start, url, covered):
    assert Scope(Crawl(), start).covers(url) is covered


def test_an_address_that_pretends_to_be_in_scope_is_judged_by_where_it_leads():
    page = Origin(url=f"{SHOP}/", depth=0)
    follow = Follow(Scope(Crawl(), f"{SHOP}/"), Crawl())
    assert follow.link(Link(url="https://shop.example\\@evil.example/x"), page) is None
    assert follow.link(Link(url="https://shop.example@evil.example/x"), page) is None
    assert follow.link(Link(url="https://evil.example@shop.example/x"), page).url == f"{SHOP}/x"


def test_files():
    assert is_file(f"{SHOP}/a.jpg", False) and is_file(f"{SHOP}/a.PDF?x=1", False)
    assert not is_file(f"{SHOP}/a.pdf", True) and not is_file(f"{SHOP}/v1.2/a", False)
    assert not is_file(f"{SHOP}/a.html", False) and not is_file(f"{SHOP}/get?file=a.jpg", False)
