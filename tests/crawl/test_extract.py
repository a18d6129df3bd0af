"""What is read of a page: regions, link texts, notices, words, scripts, skeletons."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from auditor.spiders import extract, page_from_html, scripts

URL = "https://www.fernhill-supply.shop/a/page?x=1"


def links(html: str) -> dict[str, str]:
    """Place of each link by its text."""
    _, blocks = page_from_html(URL, html)
    return {link.text: block.place for block in blocks for link in block.links}


def test_importing_the_package_brings_in_no_scrapy_and_no_playwright():
    code = "import sys, auditor.spiders; print([m for m in ('scrapy', 'playwright', 'twisted') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ("<header>{}</header>", "header"),
        ("<header><nav>{}</nav></header>", "nav"),
        ("<nav>{}</nav>", "nav"),
        ("<footer>{}</footer>", "footer"),
        ("<footer><nav>{}</nav></footer>", "footer"),
        ("<aside>{}</aside>", "aside"),
        ("<main>{}</main>", "main"),
        ("<p>{}</p>", "main"),
        ("<article><footer>{}</footer></article>", "main"),
        ("<main><header>{}</header></main>", "main"),
        ("<main><nav class='breadcrumb'>{}</nav></main>", "nav"),
        ('<div role="contentinfo">{}</div>', "footer"),
        ('<div role="banner">{}</div>', "header"),
        ('<div role="navigation">{}</div>', "nav"),
        ('<div role="complementary">{}</div>', "aside"),
        ('<div id="footer">{}</div>', "footer"),
        ('<div class="site-footer">{}</div>', "footer"),
        ('<div class="page__footer">{}</div>', "footer"),
        ('<div class="footerBar">{}</div>', "footer"),
        ('<div class="foot">{}</div>', "footer"),
        ('<div id="colophon"><ul class="menu"><li>{}</li></ul></div>', "footer"),
        ('<div id="masthead">{}</div>', "header"),
        ('<div class="main-navigation">{}</div>', "nav"),
        ('<div class="card-footer">{}</div>', "main"),
        ('<div class="modal-header">{}</div>', "main"),
        ('<div class="has-sticky-header">{}</div>', "main"),
        ('<div class="page-wrapper header-fixed"><main>{}</main></div>', "main"),
        ('<div class="site-footer"><main>{}</main></div>', "main"),
        ('<div class="product-header">{}</div>', "main"),
    ],
)
def test_regions(markup, place):
    page = f'<body><p><a href="/o">other</a></p>{markup.format("<a href=/x>here</a>")}</body>'
    assert links(page)["here"] == place


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="cookie-banner"><p>We use cookies. {}</p><button>OK</button></div>',
        '<div id="cookieConsent">{}<a href="#">Accept</a></div>',
        '<section class="gdpr-notice">{}<input type="button" value="OK"></section>',
        '<div id="onetrust-consent-sdk"><div>{}</div><button>Reject</button></div>',
        '<div id="CybotCookiebotDialog">{}<a class="btn">OK</a></div>',
        '<div role="dialog" aria-label="Privacy">Wir verwenden Cookies {}<button>Ablehnen</button></div>',
        "<dialog open>쿠키를 사용합니다 {}<button>동의</button></dialog>",
        '<div class="cookie-modal"><header>Cookies</header>{}<footer><button>OK</button></footer></div>',
        '<footer><div class="cc-cookie-bar">{}<button>OK</button></div></footer>',
    ],
)
def test_links_in_the_consent_banner_are_no_page_links(markup):
    assert links(f"<body>{markup.format('<a href=/privacy>here</a>')}</body>")["here"] == "banner"


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ('<footer><a class="cookie-settings" href="/cookies">here</a></footer>', "footer"),
        ('<footer><div class="cookie-links">{}</div></footer>', "footer"),
        ('<div class="cookie-policy"><h1>Cookies</h1>{}<button>x</button></div>', "main"),
        ('<div id="CookieDeclaration">{}<button>x</button></div>', "main"),
        (
            '<footer><form class="newsletter"><div class="gdpr-consent"><input type="checkbox">{}</div><button>Go</button></form></footer>',
            "footer",
        ),
        ('<div role="dialog">Choose a size {}<button>OK</button></div>', "main"),
        ('<div class="cookie-consent">' + "<a href=/x>x</a>" * 40 + "{}<button>x</button></div>", "main"),
        ('<div class="cookie-consent"><main>{}<button>x</button></main></div>', "main"),
    ],
)
def test_markup_about_consent_that_is_no_banner(markup, place):
    assert links(f"<body>{markup.format('<a href=/privacy>here</a>')}</body>")["here"] == place


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        ("<a href=/x>  Privacy\n\t policy </a>", "Privacy policy"),
        ("<a href=/x>Privacy<br>policy</a>", "Privacy policy"),
        ("<a href=/x><div>Privacy</div><div>policy</div></a>", "Privacy policy"),
        ("<a href=/x>Pri<b>vacy</b></a>", "Privacy"),
        ("<a href=/x>Daten&shy;schutz</a>", "Datenschutz"),
        ("<a href=/x>隐私<script>track()</script>政策</a>", "隐私政策"),
        ('<a href=/x aria-label="Imprint"><svg><title>no</title></svg></a>', "Imprint"),
        ('<a href=/x title="Imprint"><img></a>', "Imprint"),
        ('<a href=/x><img alt="Imprint"></a>', "Imprint"),
        ("<a href=/x><svg><title>Imprint</title></svg></a>", "Imprint"),
        ("<a href=/x hidden>Secret</a>", "Secret"),
        ('<div style="display:none"><a href=/x>Secret</a></div>', "Secret"),
    ],
)
def test_text_of_links(anchor, text):
    assert list(links(f"<body>{anchor}</body>")) == [text]


def test_addresses_of_links():
    html = (
        '<a href="b">1</a><a href="/c?d=1#e">2</a><a href="//h.example/">3</a><a href="?y=2">4</a><a href="#f">5</a>'
        '<a href="">6</a><a>7</a><a href="javascript:void(0)">8</a><a href="mailto:a@b.example">9</a><a name="z">0</a>'
        '<a href="http://[bad">x</a><a href=" /g ">y</a>'
    )
    _, (block,) = page_from_html(URL, html)
    shop = "https://www.fernhill-supply.shop"
    assert {link.text: (link.url, link.href) for link in block.links} == {
        "1": (f"{shop}/a/b", "b"),
        "2": (f"{shop}/c?d=1#e", "/c?d=1#e"),
        "3": ("https://h.example/", "//h.example/"),
        "4": (f"{shop}/a/page?y=2", "?y=2"),
        "5": ("", "#f"),
        "6": ("", ""),
        "7": ("", ""),
        "8": ("javascript:void(0)", "javascript:void(0)"),
        "9": ("mailto:a@b.example", "mailto:a@b.example"),
        "x": ("", "http://[bad"),
        "y": (f"{shop}/g", "/g"),
    }


def test_blocks_of_equal_regions_have_equal_digests():
    footer = "<footer><a href='/terms'>Terms</a><a href='#'>Top</a></footer>"
    digests = {
        block.digest
        for url in (URL, "https://www.fernhill-supply.shop/elsewhere/deeper/")
        for block in page_from_html(url, f"<main><a href={url}>{url}</a></main>{footer}")[1]
        if block.place == "footer"
    }
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("markup", "notice"),
    [
        (
            "<footer><p>Call us</p><p>© 2024 Fernhill Ltd. All rights reserved.</p></footer>",
            "© 2024 Fernhill Ltd. All rights reserved.",
        ),
        ("<footer>Mon–Fri<br>&copy; 2024 <a href=/>Fernhill</a><br>VAT 1</footer>", "© 2024 Fernhill"),
        ("<footer><small>(c) 2019-2024 Fernhill</small></footer>", "(c) 2019-2024 Fernhill"),
        ("<footer><span>Copyright</span> <span>2024</span> Fernhill</footer>", "Copyright 2024 Fernhill"),
        ("<footer><p>2005-2024 商店 版权所有</p></footer>", "2005-2024 商店 版权所有"),
        ("<footer><p>저작권 ⓒ 2024 상점</p></footer>", "저작권 ⓒ 2024 상점"),
        (
            '<footer><p><i class="fa fa-copyright"></i> 2024 Fernhill</p><p class="copyright">2024 Fernhill</p></footer>',
            "2024 Fernhill",
        ),
        ('<div id="footer"><div class="copyright">2024 Fernhill</div></div>', "2024 Fernhill"),
        ("<main><figcaption>© 2001 Somebody</figcaption></main><footer>© 2024 Fernhill</footer>", "© 2024 Fernhill"),
        ("<p>Photo © 2001 Somebody</p><div>© 2024 Fernhill</div>", "© 2024 Fernhill"),
        ("<footer><a href=/copyright>Copyright</a></footer>", ""),
        ("<footer>Nothing of the kind</footer>", ""),
        ("<script>var s = '© 2024 X'</script>", ""),
        ("<footer>All rights reserved</footer>", "All rights reserved"),
    ],
)
def test_copyright_notice(markup, notice):
    page, _ = page_from_html(URL, f"<body>{markup}</body>")
    assert page.copyright == notice


def test_a_long_footer_line_is_cut_to_the_notice():
    page, _ = page_from_html(URL, f"<footer>{'Prices include tax. ' * 40}© 2024 Fernhill Ltd. Be well.</footer>")
    assert page.copyright == "© 2024 Fernhill Ltd. Be well."


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<header>no no</header><main>one two <b>three</b></main><footer>no</footer>", 3),
        ("<main>one<script>no no</script><style>no</style><noscript>no</noscript><template>no</template></main>", 1),
        ('<main>one<p hidden>no no</p><p style="display: none">no</p></main>', 1),
        ("<main>隐私政策说明</main>", 3),
        ('<div class="cookie-banner">no no no<button>no</button></div><main>one</main>', 1),
        ("", 0),
    ],
)
def test_words_are_those_that_a_visitor_reads(markup, words):
    assert page_from_html(URL, f"<body>{markup}</body>")[0].words == words


def test_known_fields_win():
    page, _ = page_from_html(URL, "<title>A</title>", title="B", language="fr", headers={"content-language": "de"})
    assert (page.title, page.language) == ("B", "fr")
    assert page_from_html(URL, "<title>A</title>", headers={"content-language": "de"})[0].language == "de"


# --- scripts ---

SNIPPET = '(function(w){w.t=w.t||[];var s=document.createElement("script");s.src="%s";document.head.append(s)})(window)'


def test_inline_scripts_are_told_apart_by_what_they_do():
    same = scripts.digest('var p = {"id": 1, "tags": ["a"], "in": {"x": [1, 2]}}; show(p)')
    assert same == scripts.digest('var p = {"id": 977, "tags": ["b", "c", "d"], "in": {"x": []}}; show(p)')
    assert same != scripts.digest('var p = {"id": 1, "tags": ["a"], "in": {"x": [1, 2]}}; send(p)')


def test_repeated_statements_and_numbered_names_are_no_news():
    assert scripts.digest("add(1);show(p_1);add(2);") == scripts.digest("add(7);show(p_23);add(8);add(9);add(10);")
    assert scripts.digest("add(1);") != scripts.digest("add(1);send(2);")


def test_a_new_host_in_a_known_snippet_is_news():
    one, other = (scripts.digest(SNIPPET % f"https://{host}/t.js?id=1") for host in ("a.example", "b.example"))
    assert one != other
    assert one == scripts.digest(SNIPPET % "https://a.example/t.js?id=99")


@pytest.mark.parametrize(
    ("script", "counts"),
    [
        ("<script>track()</script>", True),
        ('<script type="module">track()</script>', True),
        ('<script type="text/plain" data-consent="ads">track()</script>', True),
        ('<script type="application/ld+json">{"@type": "Product"}</script>', False),
        ('<script type="application/json">{}</script>', False),
        ('<script type="text/template"><b>x</b></script>', False),
    ],
)
def test_which_scripts_count(script, counts):
    assert any(key.startswith("inline:") for key in extract.read(URL, script).news) is counts


def test_script_addresses_are_news_without_their_versions():
    def keys(source):
        return {key for key in extract.read(URL, f'<script src="{source}"></script>').news if key.startswith("script:")}

    assert keys("/app.3f2a9c81d.js?v=2") == keys("/app.77aa01bb2.js") == {"script:www.fernhill-supply.shop/app.*.js"}
    assert keys("https://cdn.example/npm/a@1.2/a.js") != keys("https://cdn.example/npm/b@1.2/b.js")


# --- skeletons ---


def skeleton(main: str, **attributes: str) -> bytes:
    return bytes.fromhex(page_from_html(URL, f'<body class="product"><main>{main}</main></body>')[0].skeleton)


def test_more_items_or_other_texts_make_no_other_skeleton():
    item = '<li class="card"><a class="card-link" href="/x">X</a></li>'
    one = skeleton(f'<h1>A</h1><ul class="cards">{item}</ul>')
    assert one == skeleton(f'<h1>B</h1><ul class="cards">{item * 9}</ul><p>Text <b>bold</b></p>')
    assert one == skeleton(f'<h1 class="active">B</h1><ul class="cards post-17">{item}</ul>')
    assert one != skeleton('<h1>A</h1><div class="gallery"></div><form class="buy"></form>')


# --- hostile pages take no time ---

HOSTILE = {
    "nested footers": '<div class="site-footer">' * 5000,
    "nested banners": '<div class="cookie-banner"><button>' * 3000,
    "nested notices": '<div class="copyright">' * 5000 + "x",
    "nested headings": "<h1>" * 3000,
    "nested labels": "<form>" + "<label for=x>" * 3000 + "<input>" * 3000,
    "open comments": "<script>" + "/*" * 60_000 + "</script>",
    "open lists": "<script>" + "[0 " * 30_000 + "</script>",
    "spaced lists": "<script>[" + "'' " * 30_000 + "x</script>",
    "open strings": "<script>" + "'\\" * 30_000 + "</script>",
    "open objects": "<script>" + "{a:" * 30_000 + "</script>",
    "one long word": "<p>" + "x" * 500_000,
    "many links": '<a href="/x">y</a>' * 30_000,
    "a long query": f'<a href="/x?{"a=1&" * 100_000}">y</a>',
    "copyrights": "<footer>" + "<p>copyright " * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_in_time(name):
    began = time.process_time()
    page_from_html(URL, HOSTILE[name])
    assert time.process_time() - began < 2
