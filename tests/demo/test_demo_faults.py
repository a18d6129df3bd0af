"""What the demo shop serves: the clean twin is whole, and every fault shows where it says."""

import datetime
import gzip
import re
import tomllib
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import urljoin, urlsplit

import py3langid
import pytest

from auditor.demo import FAULTS, VARIANTS, expected_findings
from auditor.demo.messages import Ask, Hosts
from auditor.demo.pages import sitemap_paths
from auditor.demo.shop import Shop

TABLES = tomllib.loads(resources.files("auditor.demo").joinpath("faults.toml").read_text("utf-8"))
GAPS = {name: table for name, table in TABLES.items() if "slot" in table}
PAGE_OF_GAP = {"de_": "/de/datenschutz", "terms_": "/terms", "shipping_": "/terms", "copyright_": "/copyright"}
CHANGING = re.compile(r"[?&](add-to-cart|currency)=|/(logout|lang|wishlist|compare)\b")
YEAR = datetime.date.today().year
RULES = {
    "legal-page-walled",
    "settings-link-missing",
    "cookie-lifetime-misdeclared",
    "consent-promise-false",
    "cookie-undeclared",
    "privacy-policy-link-missing",
    "copyright-link-missing",
    "terms-link-missing",
    "legal-link-broken",
    "legal-page-empty",
    "cookie-before-consent",
    "storage-before-consent",
    "tracker-before-consent",
    "cookie-after-reject",
    "tracker-after-reject",
    "banner-missing",
    "reject-missing-on-first-layer",
    "contact-missing",
    "name-missing",
    "template-mark-unfilled",
    "placeholder-unfilled",
    "dummy-text",
    "dummy-contact",
    "link-target-empty",
    "copyright-notice-missing",
    "copyright-holder-missing",
    "copyright-year-stale",
    "banner-language-wrong",
    "banner-not-accessible",
    "banner-policy-link-missing",
    "consent-by-scroll",
    "consent-not-remembered",
    "cookie-after-withdraw",
    "cookie-lifetime-too-long",
    "cookie-wall",
    "embed-before-consent",
    "fingerprinting-before-consent",
    "identifier-shared-before-consent",
    "purpose-preticked",
    "reject-less-prominent",
    "tracker-after-withdraw",
    "withdraw-harder-than-consent",
    "withdraw-missing",
}


class _Document(HTMLParser):
    """The links, the language, and the words of the main part of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.words, self.lang, self.inside = [], [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.lang = attributes.get("lang")
        if tag == "main":
            self.inside = True
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.words += data.split()


def read(reply):
    return _Document(reply.text)


def sitemap(client):
    pages = client.get("/sitemap-pages.xml").text
    products = gzip.decompress(client.get("/sitemap-products.xml.gz").body).decode()
    return [urlsplit(url).path for url in re.findall(r"<loc>(.*?)</loc>", pages + products)]


def snapshot(*faults):
    """Everything that a visitor without a choice is served: status, headers without cookie values, body."""
    shop = Shop(frozenset(faults), Hosts(80))
    pages, products = sitemap_paths()
    known = {"pf_session": "s", "csrf_token": "t"}
    found = {}
    for path in pages + products:
        answer = shop.answer(Ask("GET", "shop", "http://shop", path, cookies=known))
        headers = [(name, re.sub(r"=[^;]+", "", value, count=1)) for name, value in answer.headers]
        found[path] = (answer.status, headers, answer.body)
    return found


def crawl(client):
    """Path to status of every internal address that links lead to from the home page."""
    base = client.shop.url
    waiting, seen = ["/"], {}
    while waiting:
        path = waiting.pop()
        reply = client.get(path)
        seen[path] = reply.status
        if not (reply.header("Content-Type") or "").startswith("text/html"):
            continue
        for link in read(reply).links:
            target = urlsplit(urljoin(base + path.removeprefix("/"), link))
            address = target.path + (f"?{target.query}" if target.query else "")
            internal = target.netloc == urlsplit(base).netloc
            facets = re.search(r"sort=|colour=|price=", address)
            if internal and not facets and not CHANGING.search(address) and address not in seen:
                seen[address] = 0
                waiting.append(address)
    return seen


# --- the clean twin ---------------------------------------------------------------------------------------------


def test_every_link_of_the_clean_twin_resolves(serve):
    client = serve()
    seen = crawl(client)
    assert {path: status for path, status in seen.items() if status != 200} == {}
    assert len(seen) > 40
    assert client.shop.state_changes == []


def test_every_address_of_the_sitemap_is_served_and_one_product_is_linked_nowhere(serve):
    client = serve()
    paths = sitemap(client)
    assert {client.get(path).status for path in paths} == {200}
    assert set(paths) - crawl(client).keys() == {"/product/tannery-paperweight"}


def test_the_sitemap_index_names_both_parts(serve):
    client = serve()
    index = client.get("/sitemap.xml").text
    assert f"{client.shop.url}sitemap-pages.xml" in index
    assert f"{client.shop.url}sitemap-products.xml.gz" in index


@pytest.mark.parametrize("fragment", ["/privacy", "/de/datenschutz"])
def test_links_inside_a_page_have_a_target(serve, fragment):
    text = serve().get(fragment).text
    inside = [link for link in _Document(text).links if re.fullmatch(r"#\w+", link)]
    assert inside
    assert [link for link in inside if f'id="{link[1:]}"' not in text] == []


def test_pages_are_in_the_language_that_they_declare(serve):
    client = serve()
    paths = [path for path in sitemap(client) if not path.startswith("/product/")]
    found = {path: read(client.get(path)) for path in paths}
    assert {path: page.lang for path, page in found.items() if page.lang == "de"}.keys() == {
        path for path in paths if path.startswith("/de/")
    }
    wrong = {p: d.lang for p, d in found.items() if py3langid.classify(" ".join(d.words))[0] != d.lang}
    assert wrong == {}


def test_the_privacy_policies_are_complete(serve):
    client = serve()
    english = " ".join(read(client.get("/privacy")).words)
    assert len(english.split()) > 900
    for item in ("Pellworth Paper Goods Limited", "H91 E7KP", "+353 91 742 863", "Article 6(1)(b)", "14 days"):
        assert item in english
    for item in (
        "portability",
        "Right to object",
        "withdraw a consent",
        "Data Protection Commission",
        f"January {YEAR}",
    ):
        assert item in english
    german = " ".join(read(client.get("/de/datenschutz")).words)
    for item in ("Datenübertragbarkeit", "Widerspruchsrecht", "Widerruf einer Einwilligung", "Aufsichtsbehörde"):
        assert item in german


def test_only_necessary_cookies_come_from_the_server(serve):
    client = serve()
    for path in sitemap(client):
        assert client.get(path, cookie="").cookies.keys() == {"pf_session", "csrf_token"}
    session = client.get("/", cookie="").cookies["pf_session"]
    assert "HttpOnly" in session
    assert "Max-Age" not in session
    assert client.get("/").cookies == {}


def test_every_page_of_the_clean_twin_has_the_notice_and_the_legal_links(serve):
    client = serve()
    for path in sitemap(client):
        text = client.get(path).text
        german = path.startswith("/de/")
        assert f"© 2021–{YEAR} Pellworth Paper Goods Limited." in text
        assert 'id="consent-config"' in text
        names = ("datenschutz", "agb", "urheberrecht", "impressum", "widerruf") if german else ()
        for name in names or ("privacy", "terms", "copyright", "imprint", "returns", "cookies"):
            assert f'href="{"/de/" if german else "/"}{name}"' in text, (path, name)


def test_look_alikes_are_in_the_clean_twin(serve):
    client = serve()
    privacy, terms = client.get("/privacy").text, client.get("/terms").text
    returns, letter = client.get("/returns").text, client.get("/blog/a-letter-in-ten-minutes").text
    assert '<a href="/">www.pellworth-finch.shop</a>, hereinafter' in privacy
    assert "in the form name@example.com" in privacy
    assert "Between 10% and 20%" in privacy
    assert '<a href="#">Back to top</a>' in privacy
    assert "«Pocket»" in terms
    assert "_____" in returns
    assert 'an e-mail to <span class="mailbox"' in returns
    assert all(mark in letter for mark in ("{{ first_name }}", "${town}", "[Name of", "Suggested text:"))


# --- the faults -------------------------------------------------------------------------------------------------


def test_every_fault_is_described_and_expects_findings_of_known_rules():
    expected = expected_findings([*FAULTS, *VARIANTS])
    assert expected.keys() == FAULTS.keys() | VARIANTS.keys() == TABLES.keys()
    for name, findings in expected.items():
        assert findings, name
        assert {finding.rule for finding in findings} <= RULES
    assert {finding.rule for findings in expected.values() for finding in findings} == RULES


def test_each_fault_shows_alone():
    clean = snapshot()
    for name in [*FAULTS, *VARIANTS]:
        assert snapshot(name) != clean, name


def test_each_fault_shows_among_all_the_others():
    together = snapshot(*FAULTS)
    for name in FAULTS:
        assert snapshot(*(FAULTS.keys() - {name})) != together, name


def test_the_gaps_are_where_they_should_be(serve):
    faulty, clean = serve(*FAULTS), serve()
    for name, table in GAPS.items():
        path = next((p for start, p in PAGE_OF_GAP.items() if table["slot"].startswith(start)), "/privacy")
        assert table["clean"] in clean.get(path).text, name
        assert table["faulty"] in faulty.get(path).text, name
    privacy = faulty.get("/privacy").text
    assert "Pellworth &amp; Finch (, hereinafter" in privacy
    assert "please send an e-mail to. A letter" in privacy
    assert re.search(r"send an e-mail to:</p>\s*<h2", privacy)
    assert '<a href="">cookie notice</a>' in privacy
    assert '<a href="mailto:">write to us</a>' in privacy
    assert "<%= email %>" in privacy
    assert '<a href="#">delivery costs</a>' in faulty.get("/terms").text
    german = faulty.get("/de/datenschutz").text
    assert "senden Sie bitte eine E-Mail an. Unser" in german
    assert "Finch (, nachfolgend" in german


def test_links_disappear_from_one_template_only(serve):
    client = serve("privacy-link-missing-blog", "copyright-link-missing-product", "terms-link-missing-checkout")
    lost = {"/privacy": "blog", "/copyright": "product", "/terms": "checkout"}
    for path in sitemap(client):
        links = read(client.get(path)).links
        kind = path.split("/")[1]
        for target, template in lost.items():
            if not path.startswith("/de/"):
                assert (target in links) == (kind != template), (path, target)


def test_broken_legal_pages(serve):
    client = serve(*FAULTS)
    assert client.get("/de/widerruf").status == 404
    assert client.get("/imprint").header("Location") == "/"
    soft = client.get("/returns")
    assert (soft.status, "Page not found" in soft.text) == (200, True)
    assert read(client.get("/cookies")).words == ["Cookie", "notice"]


def test_copyright_notices(serve):
    client = serve(*FAULTS)
    assert "©" not in client.get("/category/desk").text
    assert f"© {YEAR} . All rights reserved." in client.get("/blog").text
    assert f"© 2021–{YEAR - 3} Pellworth" in client.get("/de/").text
    assert f"© 2021–{YEAR} Pellworth" in client.get("/").text


def test_leaks_stop_with_the_visitors_answer(serve):
    client = serve("analytics-before-consent", "id-cookie-before-consent", "marketing-cookie-before-consent")
    before = client.get("/about")
    after = client.get("/about", cookie="cookie_consent=v1.a0.m0; pf_session=s; csrf_token=t")
    for mark in ("/t.js", "/assets/referral.js"):
        assert mark in before.text
        assert mark not in after.text
    assert before.cookies.keys() == {"pf_campaign"}
    assert "Max-Age=31536000" in before.cookies["pf_campaign"]
    assert after.cookies == {}


def test_the_pixel_is_on_one_product(serve):
    client = serve("tracker-on-deep-product")
    hit = [path for path in sitemap(client) if "//ads.localhost" in client.get(path).text]
    assert hit == ["/product/brass-paper-clips"]
