"""Consent that is withdrawn, by the way back that the shop offers; and choices that are forgotten."""

from __future__ import annotations

import pytest
from banners import bar, buttons, page, second_layer
from shopserver import typed

from auditor.model import ConsentAction, ConsentUi, Cookie, Request

pytestmark = pytest.mark.xdist_group("withdrawn")

ADS = """<script>setInterval(() => { if (/consent=granted/.test(document.cookie)) {
  if (!/_ads=/.test(document.cookie)) { document.cookie = "_ads=1; max-age=9999; path=/"; new Image().src = "/px.gif"; } } }, 50)</script>"""
# A footer link that puts the banner back, which the page removed because of the stored answer.
BACK = f"""<footer><a href="#" onclick="event.preventDefault(); document.body.insertAdjacentHTML('beforeend', document.getElementById('again').innerHTML)">
Cookie settings</a></footer><template id="again">{bar(buttons())}</template>"""
PIXEL = {"/px.gif": typed(b"", "image/gif")}


def shop_with(shop, body: str):
    paths = ("/", "/p", "/q", "/r")
    return shop({**dict.fromkeys(paths, page(bar(buttons()) + body, head=ADS)), **PIXEL}), paths[1:]


def said(seen, scenario: str = "withdrawn") -> list[tuple[str, bool]]:
    return [(action.action, action.confirmed) for action in seen.all(ConsentAction, scenario)]


async def test_withdrawn(visit, shop):
    server, paths = shop_with(shop, BACK)
    seen = await visit(server.url, "untouched", "withdrawn", paths=paths)
    assert said(seen) == [("accept", True), ("withdraw", True)]
    accept, withdraw = seen.all(ConsentAction, "withdrawn")
    assert (accept.steps, accept.remembered, accept.way, accept.pressed) == (1, True, "", ("Accept all",))
    assert (withdraw.steps, withdraw.way, withdraw.pressed) == (2, "footer link", ("Cookie settings", "Reject all"))
    assert withdraw.stored == ("consent",) and withdraw.remembered is None
    visits = seen.site.visits_in("withdrawn")
    assert [(v.profile, v.order, v.url.rpartition("/")[2]) for v in visits] == [
        ("withdrawn-1", order, path) for order, path in enumerate(["", "", "p", "", "", "p", "q"])
    ]  # fmt: skip
    assert [v.choice_at is not None for v in visits] == [False, False, False, True, False, False, False]
    by_visit = [{(c.name, c.phase) for c in seen.run.fetch(Cookie, visit=v.id)} for v in visits]
    assert ("_ads", "before") in by_visit[0] and by_visit[3] == {
        ("consent", "before"), ("_ads", "before"), ("consent", "after"), ("_ads", "after"),
    }  # fmt: skip
    assert all({phase for _, phase in found} == {"after"} for found in by_visit[4:])
    assert {r.phase for r in seen.all(Request, "withdrawn") if r.url.endswith("px.gif")} == {"before"}
    assert seen.site.scenario_state("withdrawn").state == "ok"


async def test_no_way_back(visit, shop):
    server, paths = shop_with(shop, "")
    seen = await visit(server.url, "untouched", "withdrawn", paths=paths)
    assert said(seen) == [("accept", True), ("withdraw", False)]
    *_, withdraw = seen.all(ConsentAction, "withdrawn")
    assert (withdraw.way, withdraw.pressed) == ("", ()) and withdraw.reason.startswith("no permanent way back")
    assert withdraw.screenshot
    assert seen.site.scenario_state("withdrawn").state == "no-way-back"
    assert {c.phase for c in seen.all(Cookie, "withdrawn")} == {"before"}
    assert len(seen.site.visits_in("withdrawn")) == 4


async def test_way_back_that_does_not_withdraw(visit, shop):
    back = BACK.replace("answer('denied')", "document.getElementById('box').remove()")
    server, paths = shop_with(shop, back)
    seen = await visit(server.url, "untouched", "withdrawn", paths=paths)
    *_, withdraw = seen.all(ConsentAction, "withdrawn")
    assert (withdraw.way, withdraw.confirmed) == ("footer link", False) and withdraw.reason and withdraw.screenshot
    assert "after" not in {c.phase for c in seen.all(Cookie, "withdrawn")}
    assert seen.site.scenario_state("withdrawn").state == "failed"


async def test_nothing_to_withdraw_where_nobody_asks(visit, shop):
    server = shop(dict.fromkeys(("/", "/p"), page("")))
    seen = await visit(server.url, "untouched", "withdrawn", "withdrawn", paths=("/p",))
    assert [v.url for v in seen.site.visits_in("withdrawn")] == [server.url]
    assert seen.site.scenario_state("withdrawn").state == "no-banner" and not said(seen)


async def test_acceptance_that_fails_leaves_no_evidence(visit, shop):
    body = page(bar(buttons(settings=False)).replace("answer('granted')", "document.cookie = 'pressed=1'"))
    seen = await visit(shop({"/": body}).url, "untouched", "withdrawn")
    assert {action for action, _ in said(seen)} == {"accept"} and not any(done for _, done in said(seen))
    assert not [c.name for c in seen.all(Cookie, "withdrawn") if c.name == "pressed"]
    assert all(action.screenshot for action in seen.all(ConsentAction, "withdrawn"))


async def test_resuming(visit, shop):
    server, paths = shop_with(shop, BACK)
    seen = await visit(server.url, "untouched", "withdrawn", "withdrawn", paths=paths)
    assert {v.profile for v in seen.site.visits_in("withdrawn")} == {"withdrawn-1"}


# --- remembered -------------------------------------------------------------------------------------------------

KEPT = "<script>if (/(^|; )consent=/.test(document.cookie) && !SHOW) document.getElementById('box')?.remove();</script>"


def asks(when: str) -> str:
    """A page that asks again when ``when`` (JavaScript) holds, whatever is stored."""
    plain = page(bar(buttons()))
    start = plain.rindex("<script>")
    return plain[:start] + KEPT.replace("SHOW", f"({when})") + "</body></html>"


async def test_remembered(visit, shop):
    seen = await visit(shop({"/": page(bar(buttons())), "/p": page("")}).url, "rejected", "accepted", paths=("/p",))
    assert [a.remembered for s in ("rejected", "accepted") for a in seen.all(ConsentAction, s)] == [True, True]


@pytest.mark.parametrize("when", ["true", "location.pathname === '/q'"])
async def test_request_that_comes_back_although_the_answer_is_kept(visit, shop, when):
    """On the same page, or on a later one only: the choice itself counts, for it was stored."""
    body = asks(f"sessionStorage.been && ({when})") + "<script>sessionStorage.been = 1</script>"
    seen = await visit(shop(dict.fromkeys(("/", "/p", "/q"), body)).url, "rejected", paths=("/p", "/q"))
    (action,) = seen.all(ConsentAction, "rejected")
    assert (action.confirmed, action.remembered) == (True, False)
    assert seen.site.scenario_state("rejected").state == "ok"
    assert [v.url.rpartition("/")[2] for v in seen.site.visits_in("rejected")] == ["", "", "p", "q"]
    assert [v.order for v in seen.site.visits_in("rejected")] == [0, 1, 2, 3]
    assert {c.phase for c in seen.all(Cookie, "rejected")} == {"after"}


async def test_another_request_on_a_later_page_is_not_the_same_one_again(visit, shop):
    video = '<div style="padding:40px;border:1px solid"><p>This video sets cookies for advertising.</p><button>Show the video and accept cookies</button></div>'
    seen = await visit(shop({"/": page(bar(buttons())), "/p": page(video)}).url, "rejected", paths=("/p",))
    assert [(a.confirmed, a.remembered) for a in seen.all(ConsentAction, "rejected")] == [(True, True)]


async def test_choice_that_is_not_kept_has_a_picture(visit, shop):
    body = bar(buttons()).replace("answer('denied')", "document.getElementById('box').remove()")
    seen = await visit(shop({"/": page(body)}).url, "rejected")
    first, *_ = seen.all(ConsentAction, "rejected")
    assert (first.confirmed, first.remembered) == (False, False) and "not remembered" in first.reason
    assert first.screenshot and seen.run.blob(first.screenshot).startswith(b"\x89PNG")


async def test_steps_of_switches(visit, shop):
    body = page(bar(buttons(reject=False)) + second_layer(ticked=True))
    seen = await visit(shop({"/": body}).url, "rejected")
    (action,) = seen.all(ConsentAction, "rejected")
    assert action.confirmed and action.steps == 4, "settings, two switches, save"
    (ui, _) = seen.all(ConsentUi, "rejected")
    assert ui.layers == 2 and [s.on for s in ui.switches] == [True, True, True]
