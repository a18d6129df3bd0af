"""Shops in the manner of common shop programs: everything that is there is found, at a bounded cost, and nothing is changed."""

from __future__ import annotations

import pytest
from lookalikes import EcShop, OpenCart, ShopXo, Woo, templates_of
from shopserver import Answer, Shop

NOTHING = {"/robots.txt": Answer("", 404), "/sitemap.xml": Answer("", 404)}


@pytest.fixture
def audited(crawl):
    """``audited(Woo())``: the crawl of a lookalike that changed nothing there, and its paths."""

    def audited(lookalike, **options):
        with Shop(dict(NOTHING), otherwise=lookalike) as shop:
            seen = crawl(shop.url, **options)
            assert lookalike.changed == []
            assert seen.outcome["ended"] == "complete"
        return seen

    return audited


def made_apart(lookalike, seen) -> dict[str, set[str]]:
    """Template names by the program's own templates; pages of two templates must not share a name."""
    pages = [
        (path, page.template) for path, page in seen.by_path().items() if page.status == 200 and not page.redirect_to
    ]
    named = templates_of(lookalike.made_by, pages)
    names = [name for made in named.values() for name in made]
    assert len(names) == len(set(names)), named
    return named


def test_woocommerce_like(audited):
    shop = Woo()
    seen = audited(shop)
    assert {f"/product/thing-{n}/" for n in range(shop.products)} <= seen.paths
    assert {
        "/privacy-policy/",
        "/terms/",
        "/about/",
        "/refund_returns/",
        "/cart/",
        "/checkout/",
        "/my-account/",
    } <= seen.paths
    assert {f"/blog/how-to-delete-cookies-{n}/" for n in range(5)} <= seen.paths
    assert sum("?" in path for path in seen.paths) <= 2 * 20 + 4 * 2, "filters are capped, pages are not"
    named = made_apart(shop, seen)
    assert named["product"] == {"/product/*/"} and named["page"] == {"/*/"} and named["home"] == {"/"}
    assert named["post"] == {"/blog/*/"} and len(named["archive"]) == 1


def test_opencart_like(audited):
    shop = OpenCart()
    seen = audited(shop)
    by_product = {n: [path for path in seen.paths if path.endswith(f"product_id={n}")] for n in range(shop.products)}
    assert all(by_product.values()), "every product is found"
    assert max(map(len, by_product.values())) <= 3, "and not by each of its addresses"
    assert sum("sort=" in path for path in seen.paths) <= 20 * 4
    named = made_apart(shop, seen)
    assert named["product"] == {"/index.php?route=product/product&product-id=*"}
    assert named["information"] == {"/index.php?route=information/information&information-id=*"}


def test_ecshop_like_filters_are_capped(audited):
    shop = EcShop()
    seen = audited(shop)
    assert {f"/goods.php?id={n}" for n in range(shop.goods)} <= seen.paths
    assert {f"/category.php?id={n}" for n in range(shop.categories)} <= seen.paths
    assert {f"/article.php?id={n}" for n in range(6)} <= seen.paths
    assert len(seen.paths) <= 24 + 4 + 6 + 2 + 4 + 20 + 4, seen.paths
    assert seen.outcome["skipped"]["facet limit"] > 20
    named = made_apart(shop, seen)
    assert all(len(named[kind]) == 1 for kind in ("goods", "category", "article"))


def test_shop_with_the_whole_route_in_one_query_value(audited):
    shop = ShopXo()
    seen = audited(shop)
    assert {f"/index.php?s=/index/goods/index/id/{n}.html" for n in range(shop.goods)} <= seen.paths
    assert {f"/index.php?s=/index/search/index/cid/{n}.html" for n in range(shop.categories)} <= seen.paths
    assert "/index.php?s=/index/agreement/index/document/userprivacy.html" in seen.paths
    named = made_apart(shop, seen)
    assert named["goods"] == {"/index.php?s=/index/goods/index/id/*.html"}
    assert len(named["search"]) == 1


@pytest.mark.parametrize("lookalike", [Woo, OpenCart, EcShop, ShopXo])
def test_templates_do_not_depend_on_order_or_concurrency(audited, lookalike):
    def names(**options):
        seen = audited(lookalike(), **options)
        return {path: page.template for path, page in seen.by_path().items()}

    one, many = names(concurrency=1), names(concurrency=16)
    common = one.keys() & many.keys()
    assert len(common) > 25
    assert {path: one[path] for path in common} == {path: many[path] for path in common}
