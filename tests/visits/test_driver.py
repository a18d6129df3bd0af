"""Choices, believed by their effect only."""

from __future__ import annotations

import pytest
from banners import WORDS, bar, buttons, page, second_layer

from auditor.spiders.consent.driver import choose
from auditor.spiders.consent.finder import find
from auditor.spiders.consent.tools import Autoconsent

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("driver")]


async def chosen(tab, server, action, skip=frozenset()):
    await tab.load(server.url)
    banner = await find(tab)
    async with Autoconsent(tab) as tool:
        await tool.detect()
        return await choose(tab, banner, action, tool, skip)


async def cookie(tab) -> str:
    documents = await tab.documents()
    found = await tab.run(documents[0], "document.cookie")
    return dict(pair.split("=", 1) for pair in found.split("; ") if "=" in pair).get("consent", "")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("action", ["reject", "accept"])
async def test_first_layer(tab, shop, language, action):
    tries = await chosen(tab, shop({"/": page(bar(buttons(language)), language=language)}), action)
    assert [choice.confirmed for choice in tries] == [True]
    assert tries[0].pressed == [WORDS[language][2 if action == "reject" else 1]]
    assert tries[0].effect == "banner gone, consent state changed"
    assert await cookie(tab) == {"reject": "denied", "accept": "granted"}[action]
    assert await find(tab) is None


@pytest.mark.parametrize("language", WORDS)
async def test_reject_on_the_second_layer(tab, shop, language):
    body = bar(buttons(language, reject=False)) + second_layer(language)
    tries = await chosen(tab, shop({"/": page(body, language=language)}), "reject")
    *rest, last = tries
    assert all(not choice.pressed for choice in rest)
    assert last.confirmed, last.reason
    assert last.pressed == [WORDS[language][3], WORDS[language][4]]
    assert '"analytics":false,"ads":false' in (await cookie(tab)).replace("%22", '"').replace("%3A", ":").replace(
        "%2C", ","
    )
    assert {control.role for control in last.second_layer.controls} >= {"save", "accept"}


SHAPES = {
    "frame": lambda shop: (
        '<iframe id="box" src="{}" style="position:fixed;left:200px;top:300px;width:600px;height:160px"></iframe>'.format(
            shop(
                {
                    "/": f"<p>{WORDS['en'][0]}</p><button onclick=\"say('granted')\">Accept all</button>"
                    "<button onclick=\"say('denied')\">Reject all</button>"
                    "<script>function say(said) { parent.postMessage(said, '*'); }</script>"
                }
            ).url
        )
        + "<script>addEventListener('message', (event) => answer(event.data))</script>"
    ),
    "open shadow tree": lambda shop: (
        '<div id="box"></div><script>window.__banner = document.getElementById("box");'
        f'__banner.attachShadow({{mode: "open"}}).innerHTML = `{bar(buttons())}`</script>'
    ),
    "closed shadow tree": lambda shop: (
        '<div id="box"></div><script>window.__banner = document.getElementById("box");'
        f'__banner.attachShadow({{mode: "closed"}}).innerHTML = `{bar(buttons())}`</script>'
    ),
    "links": lambda shop: bar(buttons(tag="a")),
    "dialog": lambda shop: (
        f'<dialog id="box">{buttons()}</dialog><script>document.getElementById("box").showModal()</script>'
    ),
    "buttons below the fold of the banner": lambda shop: bar(
        f'<div style="height:90px;overflow:auto"><div style="height:400px">We use cookies.</div>{buttons()}</div>'
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_shapes(tab, shop, shape):
    tries = await chosen(tab, shop({"/": page(SHAPES[shape](shop))}), "reject")
    assert [(choice.confirmed, choice.pressed) for choice in tries] == [(True, ["Reject all"])]
    assert await cookie(tab) == "denied"


async def test_choice_by_form(tab, shop):
    from shopserver import Answer

    form = bar(f"<p>{WORDS['en'][0]}</p><form method=post action=/consent><button name=c value=granted>Accept all</button>"
               "<button name=c value=denied>Reject all</button></form>")  # fmt: skip
    done = Answer("", 303, (("Location", "/"), ("Set-Cookie", "consent=denied; Path=/")))
    tries = await chosen(tab, shop({"/": page(form), "/consent": done}), "reject")
    assert tries[-1].confirmed and tries[-1].pressed == ["Reject all"]
    assert await find(tab) is None


async def test_button_that_does_nothing(tab, shop):
    body = bar("<p>We use cookies for advertising.</p><button>Accept all</button><button>Reject all</button>")
    tries = await chosen(tab, shop({"/": page(body)}), "reject")
    assert not any(choice.confirmed for choice in tries)
    assert tries[0].pressed == ["Reject all"]
    assert tries[0].reason == "the consent request stayed on the screen after it was answered"


async def test_refusal_that_stores_consent(tab, shop):
    body = bar(buttons()).replace("answer('denied')", "answer('granted')")
    (choice,) = await chosen(tab, shop({"/": page(body)}), "reject")
    assert not choice.confirmed and choice.spoiled
    assert choice.reason == "what was stored says the opposite of reject (consent)"


async def test_ok_and_cross_are_no_refusal(tab, shop):
    body = bar("<p>We use cookies for advertising.</p><button onclick=\"answer('granted')\">OK</button>"
               "<button aria-label=Close onclick=\"answer('x')\">×</button>")  # fmt: skip
    tries = await chosen(tab, shop({"/": page(body)}), "reject")
    assert [choice.pressed for choice in tries] == [[], [], []]
    assert await cookie(tab) == ""
    assert tries[0].reason == "the first layer has no control to reject"


async def test_payment_is_never_pressed(tab, shop):
    body = bar("<p>We use cookies for advertising, or you pay.</p><button onclick=\"answer('granted')\">Accept all</button>"
               "<button onclick=\"answer('paid')\">Reject and subscribe</button>")  # fmt: skip
    tries = await chosen(tab, shop({"/": page(body)}), "reject")
    assert not any(choice.confirmed or choice.pressed for choice in tries)
    assert await cookie(tab) == ""


async def test_tool_by_autoconsent(tab, shop):
    """The markup of a known tool, with words that our own finder does not know."""
    body = (
        '<div id="adroll_consent_container" style="position:fixed;bottom:0;background:#fff;padding:20px">Cookies! Marketing! '
        "<button id=adroll_consent_accept onclick=\"answer('granted')\">Aye</button>"
        "<button id=adroll_consent_reject onclick=\"answer('denied');this.parentNode.remove()\">Nay</button></div>"
    )
    await tab.load(shop({"/": page(body)}).url)
    async with Autoconsent(tab) as tool:
        assert await tool.detect() == tool.tool == "Adroll"
        assert await tool.act("reject")
        assert [text for _, text in tool.clicks] == ["Nay"]
    assert await cookie(tab) == "denied"


async def test_hiding_is_no_refusal(tab, shop):
    """A rule that has nothing to press hides the banner by style: the visitor never had that choice."""
    body = bar("<p>We use cookies for advertising.</p><button fs-cc=allow>Accept</button>").replace(
        "<div ", "<div fs-cc=banner "
    )
    tries = await chosen(tab, shop({"/": page(body)}), "reject")
    assert not any(choice.confirmed for choice in tries)
    assert (await find(tab)).decides


async def test_handler_that_comes_late(tab, shop):
    """The page is quiet, and yet its buttons do nothing for another second."""
    body = bar(buttons()).replace("onclick=\"answer('denied')\"", "id=late")
    body += (
        "<script>setTimeout(() => { document.getElementById('late').onclick = () => answer('denied'); }, 1000)</script>"
    )
    (choice,) = await chosen(tab, shop({"/": page(body)}), "reject")
    assert choice.confirmed and choice.pressed == ["Reject all"]
    assert await cookie(tab) == "denied"
