"""Which pages of a shop are legal pages, and of which kinds."""

import dataclasses

import pytest

from auditor import shelves
from auditor.config import Config
from auditor.language import language_of
from auditor.legal import legal_pages, path_of
from auditor.model import Visit
from auditor.site import Site
from auditor.store import Address, Run

SHOP = "https://www.fernhill-supply.shop/"
PROSE = (
    "<p>We use your personal data to process your order, to answer your questions and, with your consent, to write to you.</p>"
    * 4
)
FOOTER = (
    "<footer><a href='/privacy'>Privacy policy</a> <a href='/terms'>Terms</a> <a href='/contact'>Contact</a></footer>"
)


@pytest.fixture
def shop(tmp_path):
    """Makes a site of pages: address -> HTML, or (HTML, fields of Page)."""
    run = Run.create(tmp_path / "run")
    run.note("start_url", SHOP)

    def make(pages, visits=(), keep=True):
        for path, html in pages.items():
            html, fields = html if isinstance(html, tuple) else (html, {})
            url = SHOP + path.lstrip("/")
            page, blocks = shelves.spiders().page_from_html(url, html, status=200, content_type="text/html", **fields)
            run.offer([Address(key=url, url=url)])
            run.finish(
                run.take(), dataclasses.replace(page, html=run.put_blob(html.encode()) if keep else ""), blocks, []
            )
        for path, html in visits:
            url = SHOP + path.lstrip("/")
            run.add_visit(
                Visit(url=url, scenario="untouched", final_url=url, status=200, html=run.put_blob(html.encode())), []
            )
        return Site(run, Config(shop=SHOP))

    yield make
    run.close()


def page(title: str, body: str = PROSE, footer: str = FOOTER) -> str:
    return f"<html lang='en'><title>{title} | Fernhill</title><body><main><h1>{title}</h1>{body}</main>{footer}</body></html>"


def kinds(site) -> dict[str, tuple[str, ...]]:
    return {one.path: one.kinds for one in legal_pages(site)}


def test_titles_addresses_and_footer_links_name_legal_pages(shop):
    site = shop(
        {
            "/": page("Garden tools"),
            "/privacy": page("How we treat data"),
            "/terms": page("Terms"),
            "/a?id=7": page("Cookie policy"),
            "/contact": page("Contact", "<p>E-mail: a@fernhill-supply.shop</p>"),
            "/shovel": page("Blue shovel"),
        }
    )
    assert kinds(site) == {
        "/privacy": ("privacy",),
        "/terms": ("terms",),
        "/a?id=7": ("cookies",),
        "/contact": ("contact",),
    }


def test_a_page_that_only_the_footer_calls_legal(shop):
    footer = "<footer><a href='/article?id=2'>Privacy policy</a></footer>"
    site = shop({"/": page("Home", footer=footer), "/article?id=2": page("Your data", footer=footer)})
    assert kinds(site) == {"/article?id=2": ("privacy",)}


def test_a_legal_link_that_leads_home_makes_no_legal_page_of_it(shop):
    footer = "<footer><a href='#'>Privacy policy</a> <a href='/'>Terms</a> <a href='/shovel'>Imprint</a></footer>"
    assert kinds(shop({"/": page("Garden tools", footer=footer), "/shovel": page("Blue shovel", footer=footer)})) == {}


def test_goods_and_posts_are_none(shop):
    prices = "".join(f"<p>Chocolate cookies, {n} pieces, fresh from the oven, $ {n}.90</p>" for n in range(30))
    site = shop(
        {
            "/category/cookies": page("Cookies", prices),
            "/cookies": page("Cookies", prices),
            "/blog/why-privacy-matters": page("Why privacy matters"),
            "/contact-lenses": page("Contact lenses"),
        }
    )
    assert kinds(site) == {}


def test_several_documents_on_one_page(shop):
    body = f"<h2>Privacy policy</h2>{PROSE}<h2>Copyright and disclaimer</h2>{PROSE}<h2>Contact</h2><p>x</p>"
    site = shop({"/privacy": page("Privacy and copyright", body), "/help": page("Help", body)})
    assert kinds(site) == {"/privacy": ("privacy", "copyright")}


def test_a_page_called_legal_is_what_its_sections_are(shop):
    body = f"<h2>Privacy policy</h2>{PROSE}<h2>Imprint</h2><p>Fernhill Supply Ltd, 12 Mill Lane, Oxford, telephone 01865 550142</p>"
    bare, prose = page("Our policies", "<h2>Privacy policy</h2><p>See there.</p>"), page("Legal", PROSE)
    site = shop({"/legal": page("Legal documents", body), "/policies": bare, "/l": prose})
    assert kinds(site) == {"/legal": ("privacy", "imprint")}


def test_an_empty_legal_page_is_one(shop):
    assert kinds(shop({"/privacy": page("Privacy policy", "")})) == {"/privacy": ("privacy",)}


def test_a_page_whose_text_was_not_kept_has_no_document(shop):
    (found,) = legal_pages(shop({"/privacy": page("Privacy policy")}, keep=False))
    assert found.document is None
    assert found.reason == "the page's text was not kept"


def test_the_rendered_page_is_read_when_there_is_one(shop):
    site = shop(
        {"/privacy": page("Privacy policy", "<div id=app></div>")},
        visits=[("/privacy", page("Privacy policy", "<p>Rendered.</p>"))],
    )
    (found,) = legal_pages(site)
    assert found.rendered
    assert "Rendered." in found.document.main_text
    assert [record.split(":")[0] for record in found.evidence] == ["page", "visit"]


def test_one_text_under_two_addresses_is_one_page(shop):
    site = shop({"/privacy": page("Privacy policy"), "/index.php?route=privacy": page("Privacy policy")})
    (found,) = legal_pages(site)
    assert (found.path, found.twins) == ("/privacy", (f"{SHOP}index.php?route=privacy",))


def test_legal_pages_are_found_once_a_site(shop):
    site = shop({"/privacy": page("Privacy policy")})
    assert legal_pages(site) is legal_pages(site)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.shop/privacy/", "/privacy"),
        ("https://a.shop:8080/privacy#x", "/privacy"),
        ("https://a.shop", "/"),
        ("https://a.shop/i.php?b=2&a=1", "/i.php?a=1&b=2"),
    ],
)
def test_paths_have_no_host(url, path):
    assert path_of(url) == path


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("We use your personal data for the following purposes.", "", "en"),
        ("Wir verwenden Ihre personenbezogenen Daten zu folgenden Zwecken.", "en", "de"),
        ("Kontakt: Tel. 05531", "de-DE", "de"),
        ("個人情報保護方針", "ja", "ja"),
        ("个人信息保护政策", "", "zh"),
        ("개인정보처리방침 (Privacy Policy)", "en", "ko"),
        ("Przetwarzamy dane osobowe w celu realizacji zamówienia.", "", "pl"),
        ("Recolhemos os seus dados pessoais quando faz uma encomenda na nossa loja.", "pt-PT", "pt"),
        ("123", "", ""),
    ],
)
def test_languages_are_told_apart(text, declared, language):
    assert language_of(text, declared) == language
