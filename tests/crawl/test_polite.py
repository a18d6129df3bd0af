"""The crawl changes nothing, waits when it is asked to, says who it is, and keeps credentials to itself."""

from __future__ import annotations

import base64
import socket
from itertools import pairwise

import pytest
from shopserver import Answer, Shop, html, redirect

from auditor import __version__
from auditor.config import Config, Secrets
from auditor.spiders.identity import headers_for

STATE_CHANGING = """
/shop/?add-to-cart=12
/index.php?route=checkout/cart/add&product_id=3
/index.php?route=account/wishlist.add&product_id=3
/index.php?route=account/logout
/index.php?route=checkout/cart&remove=44
/index.php?route=product/compare&remove=44
/customer/account/logout/
/checkout/cart/add/uenc/aHR0/product/5/
/catalog/product_compare/add/product/5/
/wishlist/index/add/product/5/
/cart/add?id=3
/cart/1234:1
/cart/change?line=1&quantity=0
/cart/clear
/account/logout
/flow.php?step=add_to_cart&goods_id=4
/flow.php?step=drop_goods&id=4
/user.php?act=logout
/user.php?act=collect&id=3
/index.php?s=/index/user/logout.html
/index.php?s=/index/cart/save.html
/index.php?s=index/goods/favor/id/3
/?wc-ajax=get_refreshed_fragments
/cart/?remove_item=abc&_wpnonce=1f2e
/my-account/customer-logout/?_wpnonce=1f2e
/index.php?controller=cart&add=1&id_product=2&token=abc
/?mylogout=
/basket/add/5/
/wishlists/add/product/1/
/accounts/logout/
/catalogue/lamp_1/reviews/3/vote/
/newsletter/unsubscribe?id=3
/item/5/delete
/wp-login.php?action=logout
/blog/?replytocom=5
/stores/store/switch/?x=1
/directory/currency/switch/currency/EUR
/p/5?action=yith-woocompare-add-product
/p/6?add_to_wishlist=6
/add-product-to-cart/5
/set-language/de
/abmelden
/checkout/placeorder
"""

HARMLESS = """
/cart
/checkout/
/index.php?route=checkout/cart
/index.php?route=product/product&product_id=3
/index.php?s=/index/goods/index/id/1.html
/index.php?s=/index/cart/index.html
/customer/account/login/
/customer/account/create/
/blog/how-to-delete-cookies
/blog/how-to-add-to-cart
/how-to-remove-stains
/de/products/blue-pen
/product/add-a-touch-lamp
/order/history
/index.php?controller=contact
/pages/privacy-policy
/compare-our-plans
/vote-for-us
/store/pens
/blog/delete
"""


def test_no_link_that_changes_state_is_followed(crawl):
    bad, good = STATE_CHANGING.split(), HARMLESS.split()
    with Shop({"/": html(*bad, *good)}, otherwise=html()) as shop:
        shop.pages |= {"/robots.txt": Answer("", 404), "/sitemap.xml": Answer("", 404)}
        crawl(shop.url)
        asked = set(shop.targets())
        assert asked & set(bad) == set()
        assert set(good) - asked == set()
        assert {asked.method for asked in shop.asked} == {"GET"}


@pytest.mark.parametrize(
    "text",
    [
        "Add to cart",
        "In den Warenkorb",
        "Ajouter au panier",
        "加入购物车",
        "カートに入れる",
        "장바구니 담기",
        "Log out",
        "Remove ×",
    ],
)
def test_links_that_say_so_are_not_followed(crawl, text):
    with Shop({"/": html(f"/x7|{text}", "/guide|How to log out of things")}, otherwise=html()) as shop:
        crawl(shop.url, sitemaps=False, robots=False)
        assert shop.targets() == ["/", "/guide"]


def test_nofollow_buttons_are_not_followed_but_nofollow_pages_are(crawl):
    links = (
        '<a rel="nofollow" href="/buy/5">Now</a><a rel="nofollow" href="/page">Page</a><a href="/buy-guide">Guide</a>'
    )
    with Shop({"/": html(main=links)}, otherwise=html()) as shop:
        crawl(shop.url, sitemaps=False, robots=False)
        assert sorted(shop.targets()) == ["/", "/buy-guide", "/page"]


def test_switches_of_language_and_currency_are_dropped_and_language_versions_are_pages(crawl):
    alternate = '<link rel="alternate" hreflang="fr" href="/?lang=fr">'
    page = html("/?currency=EUR", "/?lang=de", "/p?lang=de&id=3", "/de/|Deutsch").replace(
        "</head>", f"{alternate}</head>"
    )
    with Shop({"/": page, "/?lang=fr": html()}, otherwise=html()) as shop:
        seen = crawl(shop.url, sitemaps=False, robots=False)
        assert seen.paths == {"/", "/p?id=3", "/de/", "/?lang=fr"}


def test_forms_are_recorded_and_never_sent(crawl):
    form = (
        '<form method="post" action="/subscribe"><label for="m">Your e-mail</label><input id="m" name="mail" required>'
        '<label><input type="checkbox" name="ok" checked> I agree</label><button>Go</button></form>'
    )
    with Shop({"/": html(main=form)}) as shop:
        seen = crawl(shop.url, sitemaps=False, robots=False)
        assert shop.targets() == ["/"]
        (kept,) = seen["/"].forms
        assert (kept.action, kept.method, kept.place) == (shop.at("/subscribe"), "post", "main")
        assert [(f.name, f.kind, f.label, f.required, f.checked) for f in kept.fields] == [
            ("mail", "text", "Your e-mail", True, False),
            ("ok", "checkbox", "I agree", False, True),
        ]


# --- pace ---


def assert_apart(asked, seconds):
    """Requests left so far apart; on their way one may have caught up a little with the one before."""
    assert asked[-1].at - asked[0].at >= seconds * (len(asked) - 1.5)
    assert min(after.at - before.at for before, after in pairwise(asked)) >= seconds / 3


def test_delay_between_two_requests(crawl):
    with Shop({"/": html(*(f"/{n}" for n in range(5)))}, otherwise=html()) as shop:
        crawl(shop.url, delay=0.2, robots=False, sitemaps=False)
        assert_apart(shop.asked, 0.2)


def test_crawl_delay_of_robots(crawl):
    pages = {"/": html("/a", "/b"), "/robots.txt": "User-agent: *\nCrawl-delay: 0.3\n"}
    with Shop(pages, otherwise=html()) as shop:
        crawl(shop.url, sitemaps=False)
        pages = [asked for asked in shop.asked if asked.target != "/robots.txt"]
        assert_apart(pages, 0.3)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_back_the_whole_host(crawl, status):
    refused = []

    def limited(asked):
        if not refused:
            refused.append(asked)
            return Answer("slow down", status, (("Retry-After", "1"),))
        return html()

    with Shop({"/": html(*(f"/{n}" for n in range(6)))}, otherwise=limited) as shop:
        seen = crawl(shop.url, robots=False, sitemaps=False)
        later = [asked for asked in shop.asked if asked.at > refused[0].at]
        in_flight = [asked for asked in later if asked.at < refused[0].at + 0.5]
        waited = [asked for asked in later if asked not in in_flight]
        assert len(in_flight) <= 5, "what had left already"
        assert min(asked.at for asked in waited) >= refused[0].at + 0.95
        assert {page.status for page in seen.by_path().values()} == {200}
        assert len(seen.paths) == 7, "the refused page was asked for again"


def test_a_strict_rate_limiter_loses_no_page(crawl):
    """At most one request in 150 ms: the crawl finds the pace by itself."""
    last = [0.0]

    def limited(asked):
        early = asked.at - last[0] < 0.15
        last[0] = asked.at
        return Answer("", 429, (("Retry-After", "0"),)) if early else html()

    with Shop({"/": html(*(f"/{n}" for n in range(8)))}, otherwise=limited) as shop:
        seen = crawl(shop.url, robots=False, sitemaps=False)
        assert {page.status for page in seen.by_path().values()} == {200}


def test_a_pause_that_is_too_long_ends_the_crawl_for_now(crawl):
    limited = Answer("", 503, (("Retry-After", "3600"),))
    with Shop({"/": html("/a"), "/a": limited}) as shop:
        seen = crawl(shop.url, robots=False, sitemaps=False)
        assert (
            seen.outcome["trouble"]
            == "The shop asks for a pause of 60 minutes (1 pages were read); go on with --resume then."
        )
        assert shop.targets() == ["/", "/a"] and seen.paths == {"/"}


def test_server_errors_are_retried_and_then_recorded(crawl):
    tries = []

    def flaky(asked):
        tries.append(asked.target)
        return html() if asked.target == "/flaky" and tries.count("/flaky") > 1 else Answer("", 500)

    with Shop({"/": html("/flaky", "/broken")}, otherwise=flaky) as shop:
        seen = crawl(shop.url, robots=False, sitemaps=False)
        assert seen["/flaky"].status == 200 and seen["/broken"].status == 500
        assert tries.count("/broken") == 3


def test_a_page_that_does_not_answer_is_a_failure(crawl):
    import threading

    never = threading.Event()
    with Shop({"/": html("/slow", "/gone"), "/slow": Answer("", wait=never), "/gone": Answer("x", hang_up=0)}) as shop:
        seen = crawl(shop.url, timeout=0.3)
        never.set()
        assert (seen["/slow"].status, seen["/slow"].failure) == (0, "no answer within 0.3 seconds")


# --- identity and credentials ---


def test_honest_user_agent(crawl):
    with Shop({"/": html()}) as shop:
        crawl(shop.url, top={"contact": "ops@shop.example"})
        assert {asked.headers["user-agent"] for asked in shop.asked} == {
            f"storefront-auditor/{__version__} (+ops@shop.example)"
        }


SECRETS = Secrets(
    basic_auth="anna:hunter2", headers=(("X-Staging-Key", "k3y-of-staging"),), cookies=(("gate", "g4te-value"),)
)


def test_credentials_go_to_the_shop_and_into_no_file(crawl):
    def closed(asked):
        given = asked.headers.get("authorization") == "Basic " + base64.b64encode(b"anna:hunter2").decode()
        return html("/a") if given else Answer("", 401)

    with Shop({"/": closed, "/a": redirect("http://elsewhere.localhost:9/x")}) as shop:
        seen = crawl(shop.url, secrets=SECRETS)
        assert seen["/"].status == 200
        assert {asked.headers["x-staging-key"] for asked in shop.asked} == {"k3y-of-staging"}
        assert {asked.headers["cookie"] for asked in shop.asked} == {"gate=g4te-value"}
    data = b"".join(path.read_bytes() for path in seen.run.folder.rglob("*") if path.is_file())
    for secret in (b"hunter2", b"k3y-of-staging", b"g4te-value", base64.b64encode(b"anna:hunter2")):
        assert secret not in data


def test_credentials_stay_off_other_hosts_and_ports(crawl):
    with Shop({"/x": html()}) as other:
        pages = {"/": html(other.at("/x"), other.at("/x", "other.localhost")), "/r": redirect(other.at("/x"))}
        with Shop(pages) as shop:
            crawl(shop.url, secrets=SECRETS)
        assert other.asked == []


def test_credentials_do_not_go_over_plain_http_when_the_audit_began_with_https():
    config = Config(shop="https://shop.example/")
    assert "Authorization" in headers_for("https://shop.example/a", config, SECRETS)
    plain = headers_for("http://shop.example/a", config, SECRETS)
    assert plain.keys() == {"User-Agent", "Accept", "Accept-Language"}
    assert "Cookie" in headers_for("http://shop.example/a", Config(shop="http://shop.example/"), SECRETS)


# --- names ---


def test_names_below_localhost_are_this_machine_whatever_the_resolver_says(crawl, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with Shop({"/": html("/a"), "/a": html()}, host="www.shop.localhost") as shop:
        assert crawl(shop.url).paths == {"/", "/a"}
        assert {asked.host for asked in shop.asked} == {f"www.shop.localhost:{shop.port}"}


def test_no_proxy_stands_between_the_crawl_and_this_machine(crawl, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with Shop({"/": html("/a"), "/a": html()}) as shop:
        assert crawl(shop.url).paths == {"/", "/a"}
