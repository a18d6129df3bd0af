"""How a finding came about: who is behind it, the chain of causes, the time line, and the remedy in the tool that was found."""

from __future__ import annotations

import pytest

from auditor.causes import chain
from auditor.model import Cause, ConsentAction, ConsentUi, Cookie, CookieWrite, Request
from auditor.reports.html_report import write_html
from auditor.timeline import story

from .conftest import SHOP, finding

pytestmark = pytest.mark.xdist_group("report-browser")

MANAGER, TAG = "https://tags.test/manager.js", "https://stats.test/tag.js"


def asked(url: str, at: float, cause: str = "", line: int = 0, **fields) -> Request:
    given = {
        "visit": "",
        "phase": "before",
        "kind": "script",
        "third_party": True,
        "frame": SHOP,
        "initiator": "parser",
    }
    return Request(**{**given, "url": url, "at": at, "cause": Cause(url=cause, line=line), **fields})


def write(**fields) -> CookieWrite:
    given = {"visit": "", "phase": "before", "via": "document.cookie", "name": "_st", "at": 1.2, "url": SHOP}
    return CookieWrite(**{**given, "domain": "www.fernhill-supply.shop", "cause": Cause(url=TAG, line=40), **fields})


@pytest.fixture
def shop(new_shop):
    """The page's HTML loads a tag manager, whose line 7 loads the tag, whose line 40 writes the cookie."""
    shop = new_shop()
    jar = Cookie(visit="", phase="before", name="_st", domain="www.fernhill-supply.shop")
    records = [
        asked(SHOP, 0.01, kind="document", third_party=False),
        asked(MANAGER, 0.4),
        asked(TAG, 0.8, MANAGER, 7, initiator="script"),
        write(),
        asked("https://stats.test/hit?id=…", 1.5, TAG, 44, kind="ping", initiator="script"),
        jar,
        ConsentUi(visit="", present=True, at=0.9, tool="Klaro"),
    ]
    shop.visit("untouched", *records, duration=4.0)
    shop.visit("untouched", jar, url=f"{SHOP}about", order=1)
    return shop


def told(steps) -> list[tuple[str, str, int]]:
    return [(step.kind, step.name or step.url, step.line) for step in steps]


def test_chain_of_a_cookie_that_a_script_wrote(shop):
    steps = chain(shop.view().site, shop.run.get("cookie_write:1"))
    assert told(steps) == [("page", SHOP, 0), ("script", MANAGER, 7), ("script", TAG, 40), ("cookie", "_st", 0)]


def test_chain_of_a_request(shop):
    steps = chain(shop.view().site, shop.run.get("request:4"))
    assert told(steps)[1:] == [
        ("script", MANAGER, 7),
        ("script", TAG, 44),
        ("request", "https://stats.test/hit?id=…", 0),
    ]


def test_chain_of_a_header(new_shop):
    shop = new_shop()
    header = write(via="header", url="https://stats.test/hit", cause=Cause())
    shop.visit("untouched", asked("https://stats.test/hit", 0.5, SHOP, 12, kind="image"), header)
    steps = chain(shop.view().site, shop.run.get("cookie_write:1"))
    assert told(steps) == [("script", SHOP, 12), ("response", "https://stats.test/hit", 0), ("cookie", "_st", 0)]


def test_scripts_that_load_each_other_end_the_chain(new_shop):
    shop = new_shop()
    shop.visit("untouched", asked(TAG, 0.2, MANAGER, 1), asked(MANAGER, 0.1, TAG, 1), write())
    steps = chain(shop.view().site, shop.run.get("cookie_write:1"))
    assert [step.url for step in steps] == [SHOP, MANAGER, TAG, SHOP]


def test_a_cookie_that_an_earlier_page_set_is_told_from_there(shop):
    found = story(shop.view().site, finding("_st", evidence=("cookie:2", "visit:2")))
    assert found.visit.url == SHOP
    assert [(moment.at, moment.kind) for moment in found.moments] == [
        (0.0, "page"),
        (0.4, "script"),
        (0.8, "script"),
        (0.9, "banner"),
        (1.2, "fault"),
        (4.0, "end"),
    ]


def test_a_choice_stands_where_it_was_made(new_shop):
    shop = new_shop()
    refused = ConsentAction(visit="", action="reject", confirmed=True, at=2.0, pressed=("Reject all",))
    shop.visit("rejected", refused, write(at=2.5, phase="after"))
    shop.visit("rejected", write(at=0.3, phase="after"), url=f"{SHOP}about", order=1)
    site = shop.view().site
    first = story(site, finding("_st", evidence=("cookie_write:1",)))
    assert [(m.at, m.kind, m.what) for m in first.moments][1] == (2.0, "choice", "Reject all")
    later = story(site, finding("_st", evidence=("cookie_write:2",)))
    assert [m.text for m in later.moments if m.kind == "choice"] == ["the visitor refused on an earlier page"]


def test_the_report_tells_it(shop, tmp_path, opened):
    shop.result("cookie-before-consent", "fail", finding("_st (first party)", evidence=("cookie_write:1", "visit:1")))
    path = tmp_path / "report.html"
    write_html(shop.view(), path)
    opened.goto(path.as_uri())
    card = opened.get_by_role("article")
    assert card.locator("dt:text-is('Who') + dd").inner_text() == "stats.test"
    assert "klaro.show" not in card.inner_text()
    assert "Klaro: Write the script as" in card.locator("dt:text-is('In this tool') + dd").inner_text()
    assert card.locator(".chain li").all_inner_texts() == [
        "page /",
        "script tags.test/manager.js, line 7",
        "script stats.test/tag.js, line 40",
        "cookie _st",
    ]
    assert card.locator(".times li.fault").inner_text().split("\n") == ["1.20", "The cookie is set: _st"]


def test_nothing_is_told_where_nothing_is_known(shop):
    assert story(shop.view().site, finding("privacy link", evidence=("page:1",))) is None
