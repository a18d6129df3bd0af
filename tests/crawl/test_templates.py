"""Templates from shapes and skeletons, whatever the order."""

from __future__ import annotations

import random

from auditor.spiders import page_from_html
from auditor.spiders.templates import Make, template_names

SHOP = "https://www.fernhill-supply.shop"
PRODUCT = '<div class="gallery"><img></div><h1 class="name">x</h1><p class="price">5</p><form class="buy"><button class="go">x</button></form><div class="description"></div><ul class="facts"><li class="fact">x</li></ul>'
LISTING = '<h1 class="title">x</h1><div class="filters"><label class="filter">x</label></div><ul class="cards"><li class="card"><a class="card-link">x</a></li></ul><div class="pager"></div>'
TEXT = "<article class='text'><h1>x</h1><p>x</p></article>"
MORE = (
    '<ul class="reviews"><li class="review">x</li></ul>',
    '<span class="badge">x</span>',
    '<div class="related"></div>',
    "",
)


def make(path: str, main: str) -> Make:
    page, _ = page_from_html(SHOP + path, f"<body><main>{main}</main></body>")
    return Make(page.shape, bytes.fromhex(page.skeleton), 1, path)


def names(*pages: tuple[str, str]) -> dict[str, str]:
    """Template by path; equal makes are joined, as a crawl does."""
    made = {path: make(path, main) for path, main in pages}
    joined: dict[tuple[str, bytes], Make] = {}
    for one in made.values():
        known = joined.setdefault((one.shape, one.skeleton), Make(one.shape, one.skeleton, 0, one.least))
        known.pages += 1
        known.least = min(known.least, one.least, key=lambda path: (len(path), path))
    order = list(joined.values())
    random.Random(len(pages)).shuffle(order)
    found = template_names(order)
    return {path: found[one.shape, one.skeleton.hex()] for path, one in made.items()}


def test_optional_parts_make_no_template_of_their_own():
    pages = [(f"/product/p{n}", PRODUCT + MORE[n % 4] + MORE[n // 4 % 4]) for n in range(16)]
    assert set(names(*pages).values()) == {"/product/*"}


def test_two_makes_of_one_shape_are_told_apart_by_a_path():
    pages = [
        *((f"/p{n}", PRODUCT) for n in range(5)),
        *((f"/category-{n}", LISTING) for n in range(3)),
        ("/about", TEXT),
        ("/terms", TEXT),
    ]
    found = names(*pages)
    assert {found[f"/p{n}"] for n in range(5)} == {"/*"}
    assert {found[f"/category-{n}"] for n in range(3)} == {"/* like /category-0"}
    assert found["/about"] == found["/terms"] == "/* like /about"


def test_one_make_of_many_shapes_is_one_template():
    pages = [("/shoes/a", PRODUCT), ("/hats/b", PRODUCT), ("/hats/c", PRODUCT), ("/hats/wool/d", PRODUCT)]
    assert set(names(*pages).values()) == {"/*/*"}


def test_bare_pages_of_different_shapes_stay_apart():
    pages = [("/product/a", "<h1>x</h1>"), ("/blog/b", "<h1>x</h1>"), ("/blog/c", "<h1>x</h1><p>y</p>")]
    assert names(*pages) == {"/product/a": "/product/*", "/blog/b": "/blog/*", "/blog/c": "/blog/*"}


def test_home_and_single_pages_have_their_own_names():
    found = names(
        ("/", LISTING),
        ("/sale", LISTING),
        ("/new", LISTING),
        ("/cart", '<table class="lines"></table><form class="order"></form>'),
    )
    assert found == {"/": "/", "/sale": "/*", "/new": "/*", "/cart": "/cart"}


def test_names_do_not_depend_on_the_order():
    pages = [(f"/p{n}", (PRODUCT, LISTING, TEXT)[n % 3] + MORE[n % 4]) for n in range(40)]
    one = names(*pages)
    for seed in range(5):
        shuffled = pages[:]
        random.Random(seed).shuffle(shuffled)
        assert names(*shuffled) == one
