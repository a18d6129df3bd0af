"""A shop that cannot be audited as a whole gets one clear sentence, and its run can be resumed."""

from __future__ import annotations

import asyncio
import socket
import threading

import certificates
import pytest
from shopserver import Answer, Shop, html, redirect, typed

from auditor.config import Config, Crawl, Secrets, Visits
from auditor.progress import Silent
from auditor.spiders import look


@pytest.fixture
def quick(monkeypatch):
    """Without the pauses before retries."""
    from auditor.spiders import politeness

    monkeypatch.setattr(politeness, "MAX_RETRIES", 0)


def trouble(crawled) -> str:
    """The sentence; it is the only outcome, and no traceback."""
    sentence = crawled.outcome["trouble"]
    assert crawled.outcome["ended"] == "stopped"
    assert sentence.endswith((".", "?")) and "\n" not in sentence and "Traceback" not in sentence
    return sentence


def test_shop_is_down(crawl, quick):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert trouble(crawl(url)) == f"{url} does not answer: the connection was refused."


def test_name_is_unknown(crawl, quick):
    sentence = trouble(crawl("http://no-such-shop.invalid/"))
    assert (
        sentence
        == "http://no-such-shop.invalid/ does not answer: the host name no-such-shop.invalid cannot be resolved."
    )


def test_shop_is_silent(crawl, quick):
    never = threading.Event()
    with Shop(otherwise=Answer("", wait=never)) as shop:
        assert "no answer within 0.3 seconds" in trouble(crawl(shop.url, timeout=0.3))
        never.set()


def test_shop_hangs_up(crawl, quick):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return

        threading.Thread(target=hang_up, daemon=True).start()
        sentence = trouble(crawl(f"http://127.0.0.1:{server.getsockname()[1]}/"))
        server.shutdown(socket.SHUT_RDWR)
    assert "the connection was closed without an answer" in sentence


def test_not_html(crawl):
    with Shop({"/": typed("{}", "application/json")}) as shop:
        assert trouble(crawl(shop.url)) == f"{shop.url} is no HTML page but application/json."


def test_redirects_for_ever(crawl):
    with Shop({"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")}) as shop:
        assert trouble(crawl(shop.url)) == f"{shop.url} redirects for ever: no page comes of it."
    with Shop({"/": redirect("/")}) as shop:
        assert "redirects for ever" in trouble(crawl(shop.url))
    with Shop(otherwise=lambda asked: redirect(f"/{len(asked.target)}{asked.target[1:]}")) as shop:
        shop.pages |= {"/robots.txt": Answer("", 404), "/sitemap.xml": Answer("", 404)}
        assert "redirects for ever" in trouble(crawl(shop.url))


def test_redirect_to_another_site(crawl):
    with Shop({"/": redirect("https://elsewhere.example/")}) as shop:
        sentence = trouble(crawl(shop.url))
    assert sentence.startswith(f"{shop.url} redirects to https://elsewhere.example/, which is another site")


@pytest.mark.parametrize("status", [401, 403])
def test_behind_a_login(crawl, status):
    with Shop(otherwise=Answer("", status)) as shop:
        sentence = trouble(crawl(shop.url))
    assert "behind a login" in sentence and "AUDITOR_BASIC_AUTH" in sentence


def test_behind_a_login_form(crawl):
    form = '<form method="post"><input name="user"><input type="password" name="pass"></form>'
    with Shop(
        {"/login": html("/forgot", "/shop", main=form), "/forgot": redirect("/login")}, otherwise=redirect("/login")
    ) as shop:
        shop.pages["/robots.txt"] = Answer("", 404)
        sentence = trouble(crawl(shop.url))
    assert "is behind a login" in sentence and "asks for a password" in sentence


def test_a_small_shop_with_a_login_page_is_no_trouble(crawl):
    form = '<form method="post"><input type="password" name="pass"></form>'
    with Shop({"/": html("/login"), "/login": html(main=form)}) as shop:
        assert not crawl(shop.url).outcome["trouble"]


def test_server_error(crawl, quick):
    with Shop(otherwise=Answer("", 500)) as shop:
        shop.pages["/robots.txt"] = Answer("", 404)
        assert trouble(crawl(shop.url)) == f"{shop.url} fails on its own side (500 Internal Server Error)."


def test_wrong_address(crawl):
    with Shop() as shop:
        assert trouble(crawl(shop.url)) == f"{shop.url} answers 404 Not Found; is the address right?"


def test_robots_forbids_everything(crawl):
    with Shop({"/": html(), "/robots.txt": "User-agent: *\nDisallow: /\n"}) as shop:
        sentence = trouble(crawl(shop.url))
        assert "robots.txt forbids" in sentence and "--no-robots" in sentence
        assert shop.targets() == []


def test_unreachable_robots_forbids_everything(crawl, quick):
    with Shop({"/": html(), "/robots.txt": Answer("", 503)}) as shop:
        sentence = trouble(crawl(shop.url))
        assert "robots.txt could not be read (status 503)" in sentence
        assert shop.targets() == []


# --- certificates ---


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return certificates.Authority.make(tmp_path_factory.mktemp("ca"))


def test_certificate_of_an_unknown_authority(crawl, authority, tmp_path):
    with Shop({"/": html()}, tls=authority.context(tmp_path, "127.0.0.1")) as shop:
        sentence = trouble(crawl(shop.url))
        assert "the certificate is not accepted: it was issued by an authority that is not trusted here" in sentence
        assert "--ca-file" in sentence and shop.asked == []


def test_extra_authority(crawl, authority, tmp_path):
    with Shop(
        {"/": html("/a"), "/a": html()}, tls=authority.context(tmp_path, "shop.localhost"), host="shop.localhost"
    ) as shop:
        assert crawl(shop.url, top={"ca_file": str(authority.pem)}).paths == {"/", "/a"}


def test_certificates_are_not_verified_when_told_so(crawl, authority, tmp_path):
    with Shop({"/": html("/a"), "/a": html()}, tls=authority.context(tmp_path, "elsewhere.example")) as shop:
        assert crawl(shop.url, top={"tls_verify": False}).paths == {"/", "/a"}


@pytest.mark.parametrize(
    ("name", "days", "problem"),
    [("127.0.0.1", -1, "it has expired"), ("elsewhere.example", 30, "it was issued for another")],
)
def test_bad_certificates(crawl, authority, tmp_path, name, days, problem):
    with Shop({"/": html()}, tls=authority.context(tmp_path, name, days=days)) as shop:
        sentence = trouble(crawl(shop.url, top={"ca_file": str(authority.pem)}))
        assert f"the certificate is not accepted: {problem}" in sentence
        assert shop.asked == [], "nothing is sent to a server that is not proven"


def test_self_signed(crawl, tmp_path):
    with Shop({"/": html()}, tls=certificates.self_signed(tmp_path, "127.0.0.1")) as shop:
        assert "it is self-signed" in trouble(crawl(shop.url))


def test_https_to_a_port_that_speaks_http(crawl):
    with Shop({"/": html()}) as shop:
        sentence = trouble(crawl(shop.url.replace("http:", "https:")))
    assert "does not answer" in sentence or "TLS" in sentence


# --- resuming ---


def test_a_shop_that_was_down_is_crawled_when_the_run_is_resumed(crawl, quick):
    with Shop({"/": html("/a"), "/a": html()}) as shop:
        start = shop.pages.pop("/")
        shop.pages["/"] = Answer("", 500)
        seen = crawl(shop.url)
        assert "500" in trouble(seen)
        shop.pages["/"] = start
        config = Config(shop=shop.url, crawl=Crawl(), visits=Visits(pages="none"))
        asyncio.run(look(seen.run, config, Secrets(), Silent()))
        assert seen.paths == {"/", "/a"} and not seen.run.noted("crawl")["trouble"]


def test_the_shop_goes_away_and_comes_back(crawl, quick):
    gone = threading.Event()

    def page(asked):
        if len(shop.asked) == 20:
            gone.set()
        if gone.is_set():
            raise ConnectionError
        return html(*(f"/{number}" for number in range(60)))

    with Shop(otherwise=page) as shop:
        seen = crawl(shop.url, robots=False, sitemaps=False, concurrency=2)
        assert trouble(seen).startswith("The shop stopped answering (")
        assert not any(page.failure for page in seen.by_path().values()), "it was the shop, not its pages"
        gone.clear()
        config = Config(shop=shop.url, crawl=Crawl(robots=False, sitemaps=False), visits=Visits(pages="none"))
        asyncio.run(look(seen.run, config, Secrets(), Silent()))
        assert seen.run.noted("crawl")["ended"] == "complete"
        assert seen.paths == {"/", *(f"/{number}" for number in range(60))}


def test_a_dead_host_or_a_dead_page_is_not_a_dead_shop(crawl, quick):
    def page(asked):
        if asked.host.startswith("old.") or asked.path.startswith("/dead"):
            raise ConnectionError
        return html(
            *(shop.at(f"/{n}", "old.shop.localhost") for n in range(15)), *(f"/dead/{n}" for n in range(15)), "/last"
        )

    with Shop(otherwise=page, host="shop.localhost") as shop:
        seen = crawl(shop.url, sitemaps=False)
        assert seen.outcome["ended"] == "complete" and not seen.outcome["trouble"]
        assert seen["/last"].status == 200
        assert seen["/dead/3"].failure == seen["/3"].failure == "the connection was closed without an answer"
