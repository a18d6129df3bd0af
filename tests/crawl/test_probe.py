"""The address that cannot exist: what the shop answers to it tells soft 404s, and it is no page of the shop."""

from __future__ import annotations

import asyncio

from shopserver import Answer, Shop, html, redirect

from auditor.config import Secrets
from auditor.judge import judge_one
from auditor.model import Page
from auditor.progress import Silent
from auditor.shelves import rules
from auditor.spiders import look
from auditor.spiders.shop import probe_address
from auditor.store import Address

GONE = Answer(html(title="Nix da", main="<p>Hier ist leider gar nichts zu finden, schau doch anderswo nach.</p>"))


def probe_of(seen):
    return next(seen.run.fetch(Page, found_by="probe"), None)


def path_of(shop):
    return "/" + probe_address(shop.url).rpartition("/")[2]


def test_asked_once_and_seen_by_nobody_who_does_not_ask(crawl):
    pages = {"/": html("/privacy|Privacy policy", "/terms|Terms"), "/privacy": html(), "/terms": html()}
    with Shop(pages, otherwise=GONE) as shop:
        seen = crawl(shop.url)
        asked = [target for target in shop.targets() if target not in pages]
        assert asked == [path_of(shop)]
    probe = probe_of(seen)
    assert probe.status == 200 and probe.heading == "Nix da" and "anderswo" in seen.site.html(probe)
    assert seen.paths == set(pages) and seen.run.count(Page) == seen.outcome["pages"] == 3
    assert probe.url not in {page.url for page in [*seen.site.pages(), *seen.site.answers()]}
    assert seen.site.page(probe.url) is None and seen.site.probe == probe
    assert not probe.template and not probe.blocks and not probe.legal


def test_not_asked_without_a_legal_page(crawl):
    with Shop({"/": html("/a"), "/a": html()}) as shop:
        assert probe_of(crawl(shop.url)) is None
        assert sorted(shop.targets()) == ["/", "/a"]


def test_not_asked_where_robots_or_the_scope_forbid_it(crawl):
    pages = {"/": html("/privacy|Privacy policy"), "/privacy": html()}
    robots = Answer(
        "User-agent: *\nDisallow: /\nAllow: /$\nAllow: /privacy\n", headers=(("Content-Type", "text/plain"),)
    )
    with Shop(pages | {"/robots.txt": robots}) as shop:
        seen = crawl(shop.url, sitemaps=False)
        assert path_of(shop) not in shop.targets() and probe_of(seen) is None
        assert not seen.outcome["skipped"] and seen.paths == {"/", "/privacy"}
    with Shop(pages) as shop:
        assert probe_of(crawl(shop.url, include=["/privacy"])) is None


def test_a_redirect_is_kept_and_not_followed(crawl):
    pages = {"/": html("/privacy|Privacy policy"), "/privacy": html()}
    with Shop(pages, otherwise=redirect("/404.html")) as shop:
        seen = crawl(shop.url, sitemaps=False, robots=False)
        assert "/404.html" not in shop.targets()
        assert probe_of(seen).redirect_to == shop.at("/404.html")


def test_the_page_limit_is_not_touched(crawl):
    pages = {"/": html("/privacy|Privacy policy", "/a"), "/privacy": html(), "/a": html()}
    with Shop(pages, otherwise=GONE) as shop:
        seen = crawl(shop.url, max_pages=3, concurrency=1, sitemaps=False)
    assert seen.outcome["ended"] == "complete" and seen.paths == set(pages)


def judged(seen, rule="legal-link-broken"):
    result = judge_one(rules()[rule], seen.site)
    return result.outcome, [finding.subject for finding in result.findings]


def test_a_policy_that_is_what_any_unknown_address_is_counts_as_broken(crawl):
    pages = {"/": html("/privacy|Privacy policy", "/terms|Terms"), "/terms": html(title="Terms", main="<p>Orders.</p>")}
    with Shop(pages, otherwise=GONE) as shop:
        seen = crawl(shop.url, sitemaps=False)
    assert judged(seen) == ("fail", ["/privacy"])
    assert judged(seen, "legal-page-empty")[1] != ["/privacy"]


def test_a_policy_that_differs_does_not(crawl):
    text = html(title="Privacy policy", main="<p>Which personal data we keep when you order, and for how long.</p>")
    with Shop({"/": html("/privacy|Privacy policy"), "/privacy": text}, otherwise=GONE) as shop:
        assert judged(crawl(shop.url, sitemaps=False)) == ("pass", [])


def test_a_shell_for_every_address_is_not_judged_without_a_browser(crawl):
    shell = html("/privacy|Privacy policy", title="Fernhill", main="<p>Please switch scripts on to see our shop.</p>")
    with Shop({"/": shell}, otherwise=Answer(shell)) as shop:
        assert judged(crawl(shop.url, sitemaps=False)) == ("unknown", [])


def test_a_crawl_that_goes_on_asks_for_what_the_first_did_not(crawl):
    pages = {"/": html("/privacy|Privacy policy"), "/privacy": html()}
    with Shop(pages, otherwise=GONE) as shop:
        seen = crawl(shop.url, sitemaps=False)
        seen.run._db.execute("DELETE FROM page WHERE found_by = 'probe'")
        seen.run.offer([Address(key=shop.at("/a"), url=shop.at("/a"), depth=1)])
        asyncio.run(look(seen.run, seen.site.config, Secrets(), Silent()))
        assert shop.targets().count(path_of(shop)) == 2 and probe_of(seen) is not None
