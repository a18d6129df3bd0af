"""Which pages a crawl finds, and what it records of them."""

from __future__ import annotations

from shopserver import Answer, Shop, html, redirect, typed, xml

from auditor.model import HeaderCookie


def test_whole_shop_by_links(crawl):
    pages = {
        "/": html("/a", "b/"),
        "/a": html("/c?x=1", "https://elsewhere.example/", "mailto:x@shop.example"),
        "/b/": html("d.html"),
        "/b/d.html": html("/"),
        "/c": html(),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert seen.paths == {"/", "/a", "/b/", "/b/d.html", "/c?x=1"}
        assert seen.outcome["ended"] == "complete" and not seen.outcome["trouble"]
        assert seen["/b/d.html"].depth == 2
        assert seen["/b/d.html"].referrer == shop.at("/b/")
        assert sorted(shop.targets()) == ["/", "/a", "/b/", "/b/d.html", "/c?x=1"]


def test_what_a_page_records(crawl):
    body = (
        '<html lang="de-AT"><head><title> Zur  Lampe </title><meta name="generator" content="Shop 3">'
        '<link rel="canonical" href="/lamp"><link rel="alternate" hreflang="en" href="/en/lamp">'
        '<meta name="robots" content="noindex"></head><body><header><a href="/">Start</a></header>'
        '<main><h1>Lampe</h1><p>Eine gute Lampe</p><iframe src="https://maps.example/x"></iframe>'
        '<img src="//img.example/a.png"></main><script src="https://cdn.example/a.js"></script>'
        "<footer>© 2024 Lampen GmbH</footer></body></html>"
    )
    headers = (
        ("Content-Type", "text/html"),
        ("Set-Cookie", "sid=secret-value; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600"),
        ("Set-Cookie", "theme=dark"),
        ("X-Powered-By", "Hands"),
        ("X-Unheard-Of", "1"),
    )
    with Shop({"/": Answer(body, headers=headers), "/lamp": html(), "/en/lamp": html()}) as shop:
        seen = crawl(shop.url)
    page = seen["/"]
    assert (page.status, page.content_type, page.language, page.title) == (200, "text/html", "de-AT", "Zur Lampe")
    assert (page.heading, page.words, page.generator, page.noindex) == ("Lampe", 4, "Shop 3", True)
    assert page.canonical == shop.at("/lamp") and page.alternates == {"en": shop.at("/en/lamp")}
    assert page.copyright == "© 2024 Lampen GmbH"
    assert page.script_hosts == ("cdn.example",)
    assert page.frame_hosts == ("maps.example",)
    assert page.image_hosts == ("img.example",)
    assert page.headers == {"content-type": "text/html", "x-powered-by": "Hands", "server": page.headers["server"]}
    sid = HeaderCookie(name="sid", path="/", lifetime=3600.0, secure=True, http_only=True, same_site="Lax")
    assert page.cookies == (sid, HeaderCookie(name="theme"))
    assert {"script-host:cdn.example", "frame-host:maps.example", "cookie:sid"} <= set(page.news)
    assert [(link.text, link.place) for link in seen.site.links(page)] == [("Start", "header")]
    assert seen["/lamp"].found_by == "canonical" and seen["/en/lamp"].found_by == "hreflang"


def test_no_cookie_value_reaches_the_run(crawl):
    with Shop({"/": typed(html(), "text/html", Set_Cookie="sid=secret-value")}) as shop:
        seen = crawl(shop.url)
    data = b"".join(path.read_bytes() for path in seen.run.folder.rglob("*") if path.is_file())
    assert b"secret-value" not in data


def test_news_only_once(crawl):
    tracker = '<script>(function(){load("https://t.example/x.js")})()</script>'
    pages = {
        "/": html("/a", "/b", "/c"),
        "/a": html(main='<script>var product = {"id": 1, "name": "A"}; show(product)</script>'),
        "/b": html(main='<script>var product = {"id": 22, "name": "Bee", "tags": ["x", "y"]}; show(product)</script>'),
        "/c": html(main=tracker),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url, concurrency=1)
    assert [key.partition(":")[0] for key in seen["/a"].news] == ["inline"]
    assert seen["/b"].news == (), "per-product data is no news"
    assert [key.partition(":")[0] for key in seen["/c"].news] == ["inline"]


def test_html_is_kept_for_legal_pages_and_one_sample_of_each_make(crawl):
    pages = {
        "/": html("/item/1", "/item/2", "/datenschutz|Datenschutz", "/seite7|개인정보 처리방침"),
        "/item/1": html(main='<div class="gallery"></div>'),
        "/item/2": html(main='<div class="gallery"></div>'),
        "/datenschutz": html(title="Datenschutz"),
        "/seite7": html(title="x"),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url, concurrency=1)
        assert [path for path, page in seen.by_path().items() if page.html] == [
            "/",
            "/datenschutz",
            "/seite7",
            "/item/1",
        ]
        assert seen["/seite7"].legal == ("privacy",), "told by the text of the link that led there"
        assert "Datenschutz" in seen.site.html(seen["/datenschutz"])
        assert all(page.html for page in crawl(shop.url, keep_html="all").by_path().values())
        assert not any(page.html for page in crawl(shop.url, keep_html="none").by_path().values())


def test_shared_footer_is_stored_once_and_its_links_offered_once(crawl):
    footer = '<a href="/terms">Terms</a><a href="#top">Up</a>'
    pages = {"/": html("/a", "/b", footer=footer), "/a": html(footer=footer), "/b": html(footer=footer)}
    with Shop(pages) as shop:
        seen = crawl(shop.url)
    footers = {block for path in ("/", "/a", "/b") for block in seen[path].blocks[-1:]}
    assert len(footers) == 1
    assert seen["/terms"].status == 404


# --- redirects ---


def test_a_redirect_is_a_page_of_its_own(crawl):
    pages = {"/": html("/old|Privacy"), "/old": redirect("/new?utm_source=x#top", 301), "/new": html(title="New")}
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert (seen["/old"].status, seen["/old"].redirect_to) == (301, shop.at("/new?utm_source=x"))
        assert seen["/new"].found_by == "redirect" and seen["/new"].depth == 1
        assert seen["/new"].legal == ("privacy",), "the link text that led to the redirect counts"
        assert seen.site.resolve(shop.at("/old")).title == "New"


def test_redirects_out_of_scope_and_to_state_changes_are_recorded_and_not_followed(crawl):
    pages = {
        "/": html("/out", "/fill"),
        "/out": redirect("https://elsewhere.example/x"),
        "/fill": redirect("/?add-to-cart=3"),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert seen["/out"].redirect_to == "https://elsewhere.example/x"
        assert seen["/fill"].redirect_to == shop.at("/?add-to-cart=3")
        assert sorted(shop.targets()) == ["/", "/fill", "/out"]


def test_endless_redirects_end(crawl):
    def on(asked):
        return redirect(f"/r/{int(asked.path[3:]) + 1}")

    with Shop({"/": html("/r/1")}, otherwise=lambda asked: on(asked) if asked.path.startswith("/r/") else None) as shop:
        shop.pages |= {"/robots.txt": Answer("", 404), "/sitemap.xml": Answer("", 404)}
        seen = crawl(shop.url)
        assert max(int(path[3:]) for path in seen.paths if path.startswith("/r/")) == 11
        assert seen.outcome["ended"] == "complete"


def test_a_page_that_wants_its_cookie_gets_it(crawl):
    def gate(asked):
        return html("/a") if "gate=1" in asked.headers.get("cookie", "") else redirect("/", Set_Cookie="gate=1")

    with Shop({"/": gate, "/a": html()}) as shop:
        seen = crawl(shop.url)
        assert seen["/"].status == 200 and "/a" in seen.paths
        assert shop.targets() == ["/", "/", "/a"]
        assert "gate=1" in shop.asked[-1].headers["cookie"]


def test_meta_refresh_is_a_redirect(crawl):
    refresh = '<html><head><meta http-equiv="refresh" content="0; url=/shop"></head></html>'
    with Shop({"/": refresh, "/shop": html("/a"), "/a": html()}) as shop:
        seen = crawl(shop.url)
        assert seen["/"].redirect_to == shop.at("/shop")
        assert seen.start_url == shop.at("/shop")
        assert "/a" in seen.paths


def test_start_is_where_the_start_address_ends(crawl):
    with Shop({"/": redirect("/de/"), "/de/": html("/de/a"), "/de/a": html()}) as shop:
        seen = crawl(shop.url)
        assert seen.start_url == shop.at("/de/")
        assert seen.paths == {"/", "/de/", "/de/a"}


# --- scope ---


def test_scope_is_the_registrable_domain_and_the_port(crawl):
    with Shop(otherwise=None) as shop, Shop({"/x": html()}) as other:
        shop.host = "www.shop.localhost"
        shop.pages = {
            "/": html(
                shop.at("/sub", "blog.shop.localhost"),
                shop.at("/far", "other.localhost"),
                other.at("/x", "www.shop.localhost"),
                "/near",
            ),
            "/sub": html(),
            "/near": html(),
        }
        seen = crawl(shop.url)
        assert {page.url for page in seen.run.fetch(type(seen["/"]))} == {
            shop.url,
            shop.at("/sub", "blog.shop.localhost"),
            shop.at("/near"),
        }
        assert other.asked == []


def test_hosts_narrow_or_widen_the_scope(crawl):
    with Shop() as shop:
        shop.host = "www.shop.localhost"
        shop.pages = {
            "/": html(shop.at("/sub", "blog.shop.localhost"), shop.at("/far", "pay.localhost")),
            "/sub": html(),
            "/far": html(),
        }
        seen = crawl(shop.url, hosts=("www.shop.localhost", "pay.localhost"))
        assert seen.paths == {"/", "/far"}


def test_include_and_exclude(crawl):
    pages = {"/": html("/de/a", "/de/b", "/en/a"), "/de/a": html(), "/de/b": html(), "/en/a": html()}
    with Shop(pages) as shop:
        assert crawl(shop.url, include=("/de/",)).paths == {"/", "/de/a", "/de/b"}
        assert crawl(shop.url, exclude=("/de/b$",)).paths == {"/", "/de/a", "/en/a"}


def test_page_limit_counts_fetched_pages(crawl):
    with Shop({"/": html(*(f"/p/{n}" for n in range(50)))}, otherwise=html()) as shop:
        shop.pages |= {"/robots.txt": Answer("", 404), "/sitemap.xml": Answer("", 404)}
        seen = crawl(shop.url, max_pages=7)
        assert len(seen.paths) == 7 == len(shop.targets())
        assert seen.outcome["ended"] == "page limit"


def test_legal_pages_come_first_under_a_page_limit(crawl):
    links = [*(f"/p/{n}" for n in range(50)), "/impressum|Impressum", "/privacy|Privacy policy"]
    with Shop({"/": html(*links)}, otherwise=html()) as shop:
        seen = crawl(shop.url, max_pages=3)
        assert seen.paths == {"/", "/impressum", "/privacy"}


def test_depth_limit(crawl):
    pages = {"/": html("/1"), "/1": html("/2"), "/2": html("/3"), "/3": html()}
    with Shop(pages) as shop:
        assert crawl(shop.url, max_depth=2).paths == {"/", "/1", "/2"}


def test_links_in_a_block_that_was_first_seen_at_the_depth_limit_are_followed_from_above(crawl):
    footer = '<a href="/deep">Deep</a>'
    pages = {
        "/": html("/1"),
        "/1": html("/2"),
        "/2": html(footer=footer),
        "/known-by-sitemap": html(footer=footer),
        "/deep": html(),
    }
    with Shop(pages) as shop:
        shop.pages["/sitemap.xml"] = xml(shop.at("/known-by-sitemap"))
        assert "/deep" in crawl(shop.url, max_depth=2).paths


# --- sitemaps and robots.txt ---


def test_sitemaps_index_gzip_text_and_robots_lines(crawl):
    with Shop() as shop:
        shop.pages = {
            "/": html("/linked"),
            "/linked": html(),
            "/robots.txt": f"User-agent: *\nDisallow: /secret\nSitemap: {shop.at('/maps/index.xml')}\n",
            "/maps/index.xml": xml(shop.at("/maps/a.xml.gz"), shop.at("/maps/b.txt"), kind="sitemap"),
            "/maps/a.xml.gz": xml(shop.at("/hidden/1"), shop.at("/linked"), shop.at("/secret/1"), zipped=True),
            "/maps/b.txt": typed(f"{shop.at('/hidden/2')}\nhttps://elsewhere.example/x\n", "text/plain"),
            "/sitemap.xml": xml(shop.at("/hidden/3")),
            "/hidden/1": html(),
            "/hidden/2": html(),
            "/hidden/3": html(),
        }
        seen = crawl(shop.url)
        assert seen.paths == {"/", "/linked", "/hidden/1", "/hidden/2", "/hidden/3"}
        assert seen["/hidden/1"].found_by == "sitemap" and seen["/linked"].found_by == "link"
        assert crawl(shop.url, sitemaps=False).paths == {"/", "/linked"}
        assert crawl(shop.url, robots=False).paths == seen.paths | {"/secret/1"}


def test_broken_sitemaps_do_no_harm(crawl):
    for broken in (typed(b"\x1f\x8b\x08 not gzip", "application/gzip"), typed("<urlset><url>", "text/xml"), html(), ""):
        with Shop({"/": html("/a"), "/a": html(), "/sitemap.xml": broken}) as shop:
            assert crawl(shop.url).paths == {"/", "/a"}


def test_an_index_that_names_itself_ends(crawl):
    with Shop() as shop:
        shop.pages = {"/": html(), "/sitemap.xml": xml(shop.at("/sitemap.xml"), shop.at("/s2.xml"), kind="sitemap")}
        shop.pages["/s2.xml"] = xml(shop.at("/sitemap.xml"), kind="sitemap")
        crawl(shop.url)
        assert [asked.target for asked in shop.asked].count("/sitemap.xml") == 1


def test_robots_is_obeyed(crawl):
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: storefront-auditor\nDisallow: /private\nAllow: /private/yes\n"
    pages = {
        "/": html("/a", "/private/no", "/private/yes"),
        "/a": html(),
        "/private/yes": html(),
        "/robots.txt": robots,
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert seen.paths == {"/", "/a", "/private/yes"}
        assert seen.outcome["skipped"] == {"robots.txt": 1}
        assert "/private/no" not in shop.targets()
        assert crawl(shop.url, robots=False).paths == {"/", "/a", "/private/no", "/private/yes"}


def test_robots_of_another_host_is_read_too(crawl):
    with Shop() as shop:
        shop.host = "www.shop.localhost"

        def robots(asked):
            return "User-agent: *\nDisallow: /" if asked.host.startswith("blog.") else "User-agent: *\nDisallow:"

        shop.pages = {"/": html(shop.at("/x", "blog.shop.localhost")), "/x": html(), "/robots.txt": robots}
        assert crawl(shop.url).paths == {"/"}


def test_redirected_robots_is_read(crawl):
    pages = {
        "/": html("/no"),
        "/robots.txt": redirect("/r.txt"),
        "/r.txt": typed("User-agent: *\nDisallow: /no", "text/plain"),
    }
    with Shop(pages) as shop:
        assert crawl(shop.url).paths == {"/"}


# --- answers that are no pages ---


def test_other_types_are_recorded_without_a_body(crawl):
    big = b"x" * 200_000
    pages = {
        "/": html("/doc", "/photo.jpg", "/app.js", "/terms.pdf|Terms and conditions", "/manual.pdf|Manual", "/plain"),
        "/doc": typed(big, "application/octet-stream"),
        "/terms.pdf": typed(big, "application/pdf"),
        "/plain": Answer(html(title="Untyped"), headers=()),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert seen.paths == {"/", "/doc", "/terms.pdf", "/plain"}
        assert (seen["/doc"].status, seen["/doc"].content_type) == (200, "application/octet-stream")
        assert seen["/terms.pdf"].legal == () and seen["/terms.pdf"].status == 200
        assert seen["/plain"].title == "Untyped", "an answer without a type is looked into"


def test_an_answer_beyond_the_size_limit_is_a_failure(crawl):
    pages = {"/": html("/huge", "/bomb"), "/huge": "<p>" + "x" * 300_000}
    import gzip

    pages["/bomb"] = typed(gzip.compress(b"<p>" * 200_000), "text/html", Content_Encoding="gzip")
    with Shop(pages) as shop:
        seen = crawl(shop.url, max_size=100_000)
        assert seen["/huge"].failure == "the answer is larger than 100000 bytes"
        assert seen["/bomb"].failure == "the answer is larger than 100000 bytes"


def test_a_page_that_is_cut_short_is_read_as_far_as_it_came(crawl):
    page = html("/a", main="x" * 5000)
    with Shop({"/": Answer(page, hang_up=len(page) - 2000), "/a": html()}) as shop:
        assert crawl(shop.url).paths == {"/", "/a"}


def test_charsets(crawl):
    pages = {
        "/": html("/gbk", "/meta", "/lied"),
        "/gbk": typed("<title>隐私政策</title>".encode("gb18030"), "text/html; charset=gbk"),
        "/meta": typed('<meta charset="iso-8859-1"><title>Über uns</title>'.encode("latin-1"), "text/html"),
        "/lied": typed("<title>Größe</title>".encode("latin-1"), "text/html; charset=utf-8"),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert seen["/gbk"].title == "隐私政策" and seen["/meta"].title == "Über uns"
        assert seen["/lied"].title.startswith("Gr") and seen["/lied"].status == 200


def test_hostile_markup_does_not_stop_the_crawl(crawl):
    pages = {
        "/": html("/deep", "/nul", "http://[bad", "http://x:99999/", "//", "/%zz", "?", "javascript:void(0)", "/last"),
        "/deep": "<div>" * 20_000 + '<a href="/found">x</a>',
        "/nul": 'a\0b<a href="/\0x">y</a><a href="/ok">z</a>',
        "/last": html(),
        "/ok": html(),
    }
    with Shop(pages) as shop:
        seen = crawl(shop.url)
        assert {"/last", "/ok", "/deep"} <= seen.paths
        assert all(not page.failure for page in seen.by_path().values())


def test_base_href_is_honoured(crawl):
    page = '<html><head><base href="/sub/"></head><body><a href="a">A</a></body></html>'
    with Shop({"/": page, "/sub/a": html()}) as shop:
        assert crawl(shop.url).paths == {"/", "/sub/a"}
