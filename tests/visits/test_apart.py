"""What is looked at apart without a choice: scrolling, going on, the preferences, a phone's screen."""

from __future__ import annotations

import pytest
from banners import bar, buttons, page, second_layer
from shopserver import typed

from auditor.model import ConsentAction, ConsentUi, Cookie, CookieWrite, Request

pytestmark = pytest.mark.xdist_group("apart")

GRANT = "answer('granted');"
ON_SCROLL = (
    f"<script>addEventListener('scroll', () => {{ {GRANT} new Image().src = '/px.gif'; }}, {{once: true}})</script>"
)
PIXEL = {"/px.gif": typed(b"", "image/gif")}


def long_page(body: str) -> str:
    """A page that is several screens long."""
    return page(body).replace("</main>", '<div style="height: 3000px"></div></main>')


async def scrolled(visit, shop, body: str, *, other: str | None = None, **options):
    server = shop({"/": body, "/p": body if other is None else other, **PIXEL})
    return await visit(server.url, "untouched", "untouched/scroll", paths=("/p",), **options)


def drifts(seen) -> dict[str, ConsentAction]:
    return {action.action: action for action in seen.all(ConsentAction, "untouched")}


async def test_scrolling_that_counts_as_consent(visit, shop):
    seen = await scrolled(visit, shop, long_page(bar(buttons()) + ON_SCROLL))
    told = drifts(seen)
    assert (told["scroll"].confirmed, told["scroll"].stored) == (True, ("consent",))
    assert told["scroll"].effect == "what is stored came to say yes (consent); the request is gone and stays away"
    assert not told["browse"].confirmed and "nothing that was stored" in told["browse"].reason
    visits = [v for v in seen.site.visits_in("untouched") if v.role == "scroll"]
    assert [(v.profile, v.order, v.url.rpartition("/")[2]) for v in visits] == [
        ("untouched-scroll-1", 0, ""), ("untouched-scroll-1", 1, "p"), ("untouched-scroll-1", 2, ""), ("untouched-scroll-1", 3, "p"),
    ]  # fmt: skip
    assert all(v.choice_at is None for v in visits)
    assert {(c.name, c.phase) for c in seen.all(Cookie, "untouched")} == {("consent", "scrolled")}
    assert [w.phase for w in seen.all(CookieWrite, "untouched") if w.name == "consent"] == ["scrolled"]
    assert {r.phase for r in seen.all(Request, "untouched") if r.url.endswith("px.gif")} == {"scrolled"}
    last = [r.phase for r in seen.all(Request, "untouched") if r.visit == visits[3].id]
    assert last and set(last) == {"scrolled"}


async def test_click_beside_that_counts_as_consent(visit, shop):
    anywhere = f"<script>document.addEventListener('click', () => {{ {GRANT} }})</script>"
    assert drifts(await scrolled(visit, shop, page(bar(buttons()) + anywhere)))["scroll"].confirmed


async def test_going_on_that_counts_as_consent(visit, shop):
    body = "<script>if (sessionStorage.before && !/consent=/.test(document.cookie)) answer('granted'); sessionStorage.before = 1</script>"
    told = drifts(await scrolled(visit, shop, page(bar(buttons()) + body)))
    assert told["browse"].confirmed and told["browse"].stored == ("consent",)
    assert "scroll" not in told, "nothing asked any more"


SILENT = {
    "nothing happens": long_page(bar(buttons())),
    "what is stored is no consent": long_page(
        bar(buttons())
        + "<script>addEventListener('scroll', () => { localStorage.scroll_preferences = 'true'; document.cookie = 'cookies=1'; })</script>"
    ),
    "the request hides while one scrolls": long_page(
        bar(buttons())
        + "<script>addEventListener('scroll', () => document.getElementById('box').hidden = true)</script>"
    ),
    "scrolling refuses": long_page(bar(buttons()) + ON_SCROLL.replace("granted", "denied")),
    "a page that does not scroll": page(bar(buttons()) + ON_SCROLL).replace("<main>", "<main hidden>"),
}


@pytest.mark.parametrize("case", SILENT)
async def test_no_consent_by_scrolling(visit, shop, case):
    told = drifts(await scrolled(visit, shop, SILENT[case]))
    assert {name: action.confirmed for name, action in told.items()} == {"browse": False, "scroll": False}


async def test_request_on_one_page_only(visit, shop):
    """The other page never asks: that it asks for nothing after the scrolling says nothing."""
    told = drifts(await scrolled(visit, shop, page(bar(buttons())), other=page("")))
    assert not told["scroll"].confirmed and not told["browse"].confirmed


async def test_nothing_is_looked_at_where_nobody_asks(visit, shop):
    server = shop({"/": page("")})
    seen = await visit(server.url, "untouched", "untouched/scroll", "untouched/layers", "untouched/phone")
    assert [v.profile for v in seen.site.visits_in("untouched")] == ["untouched-1"]


async def test_click_beside_presses_nothing(visit, shop):
    rows = "".join(
        f"<p onclick=\"document.title = 'hit {index}'\">Words in a row</p><p><label>Words <input></label></p>"
        f"<div class=listens><p>More words in a row</p></div><p><a href=/gone>Words</a> <button>Words</button></p>"
        for index in range(30)
    )
    script = "<script>for (const one of document.querySelectorAll('.listens')) one.addEventListener('click', () => new Image().src = '/hit')</script>"
    body = page(bar(buttons())).replace("</main>", f"{rows}</main>{script}")
    server = shop({"/": body, "/hit": "x", "/gone": "x"})
    await visit(server.url, "untouched", "untouched/scroll")
    assert {asked.path for asked in server.asked} <= {"/", "/favicon.ico"}


# --- the preferences, and a phone -------------------------------------------------------------------------------


async def test_preferences(visit, shop):
    follow = "<script>addEventListener('click', () => { document.cookie = 'pressed=1'; new Image().src = '/px.gif'; }, true)</script>"
    body = page(bar(buttons()) + second_layer(ticked=True) + follow + '<a href="/found">Found</a>')
    server = shop({"/": body, **PIXEL})
    seen = await visit(server.url, "untouched", "untouched/layers")
    (visited,) = [v for v in seen.site.visits_in("untouched") if v.role == "layers"]
    (ui,) = seen.run.fetch(ConsentUi, visit=visited.id)
    assert (ui.layers, ui.no_second_layer, ui.second_language) == (2, "", "en")
    assert "Strictly necessary" in ui.second_text
    assert [(s.label, s.on, s.layer, s.necessary) for s in ui.switches] == [
        ("Strictly necessary", True, 2, True), ("Analytics", True, 2, False), ("Marketing", True, 2, False),
    ]  # fmt: skip
    assert [(b.text, b.layer) for b in ui.buttons] == [
        ("Accept all", 1), ("Reject all", 1), ("Cookie settings", 1), ("Save preferences", 2), ("Accept all", 2),
    ]  # fmt: skip
    assert ui.screenshot and ui.second_screenshot and ui.screenshot != ui.second_screenshot
    assert 0 < ui.at < visited.duration and ui.width > 1000 and visited.title == "Paper goods"
    assert not seen.all(Cookie, "untouched") and not [r for r in seen.all(Request, "untouched") if "px.gif" in r.url]
    assert not seen.all(ConsentAction, "untouched")
    assert any(asked.path == "/px.gif" for asked in server.asked), "the press was made"


async def test_no_preferences(visit, shop):
    seen = await visit(shop({"/": page(bar(buttons(settings=False)))}).url, "untouched", "untouched/layers")
    *_, ui = seen.all(ConsentUi, "untouched")
    assert (ui.layers, ui.no_second_layer) == (1, "the consent request has no control for settings")


async def test_phone(visit, shop):
    narrow = "<style>@media (max-width: 500px) { #box { font-size: 13px } #box button:nth-of-type(2) { display: none } }</style>"
    head = f'<meta name="viewport" content="width=device-width">{narrow}'
    tell = "<script>document.cookie = `touch=${navigator.maxTouchPoints}-${innerWidth}-${devicePixelRatio}`</script>"
    server = shop({"/": page(bar(buttons()) + second_layer() + tell, head=head)})
    seen = await visit(server.url, "untouched", "untouched/phone")
    (visited,) = [v for v in seen.site.visits_in("untouched") if v.role == "phone"]
    assert (visited.viewport, visited.profile) == ("phone", "untouched-phone-1")
    (ui,) = seen.run.fetch(ConsentUi, visit=visited.id)
    assert ui.width == 390 and ui.layers == 2 and ui.second_screenshot
    assert [(b.text, b.visible) for b in ui.buttons if b.layer == 1 and b.visible] == [
        ("Accept all", True),
        ("Cookie settings", True),
    ]
    assert len(ui.switches) == 3
    assert len(list(seen.site.banners("untouched"))) == 1 and len(list(seen.site.banners("untouched", "phone"))) == 1
    agents = {asked.headers["user-agent"] for asked in server.asked if asked.path == "/"}
    (phone,) = [agent for agent in agents if "Mobile" in agent]
    assert "(Linux; Android 10; K)" in phone and "storefront-auditor/" in phone and len(agents) == 2


async def test_resuming_looks_at_nothing_twice(visit, shop):
    from auditor.config import Secrets
    from auditor.progress import Silent
    from auditor.spiders.visits import visit_scenarios

    server = shop({"/": page(bar(buttons()) + second_layer())})
    seen = await visit(server.url, "untouched")
    for _ in range(2):
        await visit_scenarios(seen.run, seen.config, Secrets(), Silent(), ["untouched"], [(server.url, "home")])
    names = sorted({v.profile for v in seen.site.visits_in("untouched")})
    assert names == ["untouched-1", "untouched-layers-1", "untouched-phone-1", "untouched-scroll-1"]
    assert len(seen.site.visits_in("untouched")) == 7
