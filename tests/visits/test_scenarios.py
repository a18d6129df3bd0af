"""Whole scenarios: phases, fresh profiles, choices that are not believed, resuming."""

from __future__ import annotations

import pytest
from banners import WORDS, bar, buttons, page, second_layer
from shopserver import Answer, typed

from auditor.model import ConsentAction, ConsentUi, Cookie, CookieWrite, Request, Visit
from auditor.spiders.visits import visit_scenario

pytestmark = pytest.mark.xdist_group("scenarios")

TEXT = ("Content-Type", "text/html; charset=utf-8")
# Sets a cookie when consent is granted, and another one always.
TRACKING = """<script>
document.cookie = "_leak=" + Math.random() + "; max-age=9999; path=/";
function start() { if (/consent=granted/.test(document.cookie)) { document.cookie = "_ads=1; max-age=9999; path=/"; new Image().src = "/px.gif"; } }
start(); setInterval(start, 50);
</script>"""


def visits(seen, scenario):
    return [(v.profile, v.order, v.role, v.outcome) for v in seen.site.visits_in(scenario)]


async def test_rejected_and_accepted(visit, shop):
    server = shop(
        {
            "/": page(bar(buttons()), head=TRACKING),
            "/p": page(bar(buttons()), head=TRACKING),
            "/px.gif": typed(b"", "image/gif"),
        }
    )
    seen = await visit(server.url, "untouched", "rejected", "accepted", paths=("/p",))
    assert visits(seen, "untouched") == [("untouched-1", 0, "home", "ok"), ("untouched-1", 1, "template", "ok")]
    assert visits(seen, "rejected") == [
        ("rejected-1", 0, "home", "ok"), ("rejected-1", 1, "home", "ok"), ("rejected-1", 2, "template", "ok"),
    ]  # fmt: skip
    (rejected,), (accepted,) = seen.all(ConsentAction, "rejected"), seen.all(ConsentAction, "accepted")
    assert rejected.confirmed and rejected.pressed == ("Reject all",) and accepted.pressed == ("Accept all",)
    assert {c.name for c in seen.all(Cookie, "untouched")} == {"_leak"}
    assert {c.name for c in seen.all(Cookie, "rejected", "before")} == {"_leak"}
    assert {c.name for c in seen.all(Cookie, "rejected", "after")} == {"_leak", "consent"}
    assert {c.name for c in seen.all(Cookie, "accepted", "before")} == {"_leak"}
    assert {c.name for c in seen.all(Cookie, "accepted", "after")} == {"_leak", "consent", "_ads"}
    pixels = [r.phase for r in seen.all(Request, "accepted") if r.url.endswith("px.gif")]
    assert pixels and set(pixels) == {"after"}
    assert not [r for r in seen.all(Request, "rejected") if r.url.endswith("px.gif")]
    first, again, _ = seen.site.visits_in("rejected")
    assert first.choice_at is not None and again.choice_at is None
    choice_writes = [w for w in seen.all(CookieWrite, "rejected") if w.name == "consent"]
    assert [w.phase for w in choice_writes] == ["after"] and choice_writes[0].at >= first.choice_at
    assert [ui.present for ui in seen.all(ConsentUi, "rejected")] == [True, False, False]
    leaks = {
        c.value.digest for s in ("untouched", "rejected") for c in seen.all(Cookie, s, "before") if c.name == "_leak"
    }
    assert len(leaks) >= 2, "profiles are fresh"


async def test_no_banner(visit, shop):
    server = shop({path: page("") for path in ("/", "/1", "/2", "/3", "/4", "/5")})
    seen = await visit(server.url, "untouched", "rejected", paths=("/1", "/2", "/3", "/4", "/5"))
    assert seen.site.scenario_state("rejected").state == "no-banner"
    assert len(visits(seen, "untouched")) == 6 and len(visits(seen, "rejected")) == 4
    assert all(not ui.present for ui in seen.all(ConsentUi, "rejected"))
    assert not seen.all(ConsentAction, "rejected")


async def test_banner_on_another_page(visit, shop):
    server = shop({"/": page(""), "/p": page(bar(buttons())), "/q": page("")})
    seen = await visit(server.url, "untouched", "rejected", paths=("/p", "/q"))
    assert seen.site.scenario_state("rejected").state == "ok"
    assert [(v.url.rpartition("/")[2], v.choice_at is not None) for v in seen.site.visits_in("rejected")] == [
        ("", False), ("p", True), ("p", False), ("q", False),
    ]  # fmt: skip
    assert {c.phase for c in seen.all(Cookie, "rejected")} == {"after"}


async def test_late_banner(visit, shop):
    late = f"<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', `{bar(buttons())}`), 1000)</script>"
    body = page("").replace("</body>", f"{late}</body>")
    seen = await visit(shop({"/": body, "/p": body}).url, "untouched", paths=("/p",), visits={"settle_limit": 4.0})
    assert [ui.present for ui in seen.all(ConsentUi, "untouched")] == [True, True]


async def test_choice_that_is_not_remembered(visit, shop):
    body = bar(buttons()).replace("answer('denied')", "document.getElementById('box').remove()")
    seen = await visit(shop({"/": page(body)}).url, "rejected")
    state = seen.site.scenario_state("rejected")
    assert state.state == "failed" and "the choice was not remembered" in state.reason
    assert {v.profile for v in seen.site.visits_in("rejected")} >= {"rejected-1"}


async def test_button_without_effect_leaves_the_scenario_unknown(visit, shop):
    body = bar(buttons(settings=False)).replace("answer('denied')", "void 0")
    seen = await visit(shop({"/": page(body, head=TRACKING), "/p": page("")}).url, "rejected", paths=("/p",))
    assert seen.site.scenario_state("rejected").state == "failed"
    assert not seen.all(Cookie, "rejected", "after") and not seen.all(Request, "rejected", "after")


async def test_answer_that_says_the_opposite_is_tried_another_way(visit, shop):
    """ "OK" keeps what is ticked, which is nothing: accepting takes the second layer, in a fresh profile."""
    body = bar(buttons()).replace("answer('granted')", "answer('denied')", 1) + second_layer(ticked=False)
    seen = await visit(shop({"/": page(body)}).url, "accepted")
    first, *_, last = seen.all(ConsentAction, "accepted")
    assert not first.confirmed and "says the opposite of accept" in first.reason
    assert last.confirmed and last.pressed == (WORDS["en"][3], WORDS["en"][1])
    profiles = [v.profile for v in seen.site.visits_in("accepted")]
    assert profiles == ["accepted-1", "accepted-2", "accepted-2"]
    assert seen.site.scenario_state("accepted").state == "ok"


async def test_resuming_visits_the_rest_only(visit, shop, tmp_path):
    from auditor.config import Secrets
    from auditor.progress import Silent

    server = shop({"/": page(bar(buttons())), "/p": page(""), "/q": page("")})
    seen = await visit(server.url, "untouched", "rejected", paths=("/p",))
    pages = [(server.url, "home"), (server.at("/p"), "product"), (server.at("/q"), "news")]
    for scenario in ("untouched", "rejected"):
        await visit_scenario(seen.run, seen.config, Secrets(), Silent(), scenario, pages)
        await visit_scenario(seen.run, seen.config, Secrets(), Silent(), scenario, pages)
    where = {
        s: [(v.profile, v.url.rpartition("/")[2]) for v in seen.run.fetch(Visit, scenario=s)]
        for s in ("untouched", "rejected")
    }
    assert where["untouched"] == [("untouched-1", ""), ("untouched-1", "p"), ("untouched-2", "q")]
    assert where["rejected"] == [
        ("rejected-1", ""), ("rejected-1", ""), ("rejected-1", "p"), ("rejected-2", ""), ("rejected-2", ""), ("rejected-2", "q"),
    ]  # fmt: skip


async def test_cookie_before_choice_is_before_although_the_banner_came_from_the_server(visit, shop):
    cookie = ("Set-Cookie", "_first=1; Max-Age=900")
    seen = await visit(shop({"/": Answer(page(bar(buttons())), 200, (TEXT, cookie))}).url, "rejected")
    phases = [(w.name, w.phase) for w in seen.all(CookieWrite, "rejected") if w.via == "header"]
    assert phases == [("_first", "before"), ("_first", "after")]


async def test_two_scenarios_at_a_time(visit, shop):
    from auditor.config import Secrets
    from auditor.progress import Silent
    from auditor.spiders.visits import visit_scenarios

    told = []

    class Told(Silent):
        def visits(self, done: int, total: int, scenario: str, url: str) -> None:
            told.append((done, total, scenario))

    server = shop({"/": page(bar(buttons()), head=TRACKING), "/px.gif": typed(b"", "image/gif")})
    seen = await visit(server.url)
    await visit_scenarios(seen.run, seen.config, Secrets(), Told(), ("rejected", "accepted"), [(server.url, "home")])
    assert {s: seen.site.scenario_state(s).state for s in ("rejected", "accepted")} == {
        "rejected": "ok",
        "accepted": "ok",
    }
    assert {c.name for c in seen.all(Cookie, "rejected", "after")} == {"_leak", "consent"}
    assert {c.name for c in seen.all(Cookie, "accepted", "after")} == {"_leak", "consent", "_ads"}
    assert told[-1][:2] == (4, 4) and [done for done, *_ in told] == sorted(done for done, *_ in told)


async def test_page_that_leads_to_another_site(visit, shop):
    """A payment page elsewhere makes no third party of the shop."""
    other = shop({"/pay": Answer("<title>Pay</title>", 200, (TEXT, ("Set-Cookie", "pay=1")))})
    own = Answer("<title>Shop</title>", 200, (TEXT, ("Set-Cookie", "sid=1")))
    server = shop({"/": own, "/checkout": Answer("", 302, (("Location", other.at("/pay")),))})
    seen = await visit(server.url, paths=("/checkout",))
    parties = {(c.name, c.third_party) for c in seen.all(Cookie, "untouched")}
    assert parties == {("sid", False), ("pay", True)}
