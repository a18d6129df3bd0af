"""The permanent way back to a choice: where it is found, in which words, and what counts as a withdrawal."""

from __future__ import annotations

import pytest
from banners import WORDS, bar, buttons, page, second_layer

from auditor.spiders.consent.wayback import NOWHERE, withdraw

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("wayback")]

# Consent was given before; the request comes back where the page says so.
AGAIN = "document.body.insertAdjacentHTML('beforeend', document.getElementById('again').innerHTML); return false"
LINKS = {
    "en": "Cookie settings",
    "de": "Einwilligung widerrufen",
    "fr": "Gérer mes cookies",
    "es": "Configurar cookies",
    "it": "Preferenze cookie",
    "ko": "쿠키 설정",
    "zh": "管理 Cookie",
    "ja": "クッキー設定",
}


def ask_again(control: str, language: str = "en", box: str = "") -> str:
    return f'{control}<template id="again">{box or bar(buttons(language))}</template>'


async def said(tab) -> str:
    (document, *_) = await tab.documents()
    pairs = (await tab.run(document, "document.cookie")).split("; ")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair).get("consent", "")


async def withdrawn(tab, shop, body: str, **pages: str):
    given = "<script>if (!sessionStorage.been) document.cookie = 'consent=granted; path=/'; sessionStorage.been = 1</script>"
    more = {f"/{name}": page(text) for name, text in pages.items()}
    await tab.load(shop({"/": page(body, head=given), **more}).url)
    assert await said(tab) == "granted"
    return await withdraw(tab)


@pytest.mark.parametrize("language", WORDS)
async def test_link_in_the_footer(tab, shop, language):
    link = f'<footer><a href="#" onclick="{AGAIN}">{LINKS[language]}</a></footer>'
    choice = await withdrawn(tab, shop, ask_again(link, language))
    assert choice.confirmed, choice.reason
    assert (choice.way, choice.steps) == ("footer link", 2)
    assert choice.pressed == [LINKS[language], WORDS[language][2]]
    assert await said(tab) == "denied"


ICON = 'style="position:fixed;left:9px;bottom:9px;width:44px;height:44px;cursor:pointer;background:#048"'
CONTROLS = {
    "icon without a word": (f'<div class="cky-revisit" {ICON} onclick="{AGAIN}"></div>', "floating button"),
    "button with a name for machines": (f'<button {ICON} aria-label="Cookie settings" onclick="{AGAIN}">◍</button>', "floating button"),
    "button in the page": (f'<button onclick="{AGAIN}">Change your consent</button>', "page link"),
}  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
async def test_controls(tab, shop, control):
    markup, way = CONTROLS[control]
    choice = await withdrawn(tab, shop, ask_again(markup))
    assert (choice.confirmed, choice.way, choice.pressed[-1]) == (True, way, "Reject all"), choice.reason
    assert await said(tab) == "denied"


@pytest.mark.parametrize("mode", ["open", "closed"])
async def test_control_in_a_shadow_tree(tab, shop, mode):
    tree = (
        f'<div id="host"></div><script>document.getElementById("host").attachShadow({{mode: "{mode}"}}).innerHTML = '
        "`<button>Cookie settings</button>`; document.getElementById('host').onclick = () => { "
        + AGAIN
        + " };</script>"
    )
    choice = await withdrawn(tab, shop, ask_again(tree))
    assert (choice.confirmed, choice.pressed) == (True, ["Cookie settings", "Reject all"]), choice.reason


async def test_switches_are_moved_and_kept(tab, shop):
    """What opens has switches and "save" alone: each switch is a step."""
    opens = f'<footer><a href="#" onclick="{AGAIN.replace("return false", "more(); return false")}">Cookie settings</a></footer>'
    layer = second_layer(ticked=True).replace("<button onclick=\"answer('granted')\">Accept all</button>", "")
    choice = await withdrawn(
        tab,
        shop,
        ask_again(opens, box='<div id="box" style="position:fixed;inset:auto 0 0;background:#fff"></div>') + layer,
    )
    assert (choice.confirmed, choice.steps) == (True, 4), choice.reason
    assert choice.pressed == ["Cookie settings", "Save preferences"]


async def test_page_of_settings(tab, shop):
    settings = (
        "<script>document.querySelector('main').innerHTML = `<h1>Cookie settings</h1><p>We use cookies for statistics.</p>"
        "<label><input type=checkbox id=a checked> Statistics</label><label><input type=checkbox id=b checked> Marketing</label>"
        "<button onclick=\"answer(document.getElementById('a').checked ? 'granted' : 'denied')\">Save preferences</button>`</script>"
    )
    choice = await withdrawn(tab, shop, '<footer><a href="/own">Cookie settings</a></footer>', own=settings)
    assert (choice.confirmed, choice.way) == (True, "settings page"), choice.reason
    assert choice.steps >= 4 and await said(tab) == "denied"


async def test_control_on_the_cookie_policy(tab, shop):
    inside = f"<script>document.querySelector('main').insertAdjacentHTML('beforeend', `<button onclick=\"{AGAIN}\">Change your consent</button>`)</script>"
    choice = await withdrawn(tab, shop, "", cookies=ask_again(inside))
    assert (choice.confirmed, choice.pressed[-1]) == (True, "Reject all"), choice.reason
    assert choice.steps == 3, "the page, the control, the refusal"


async def test_button_that_withdraws_at_once(tab, shop):
    gone = "document.cookie = 'consent=; path=/; max-age=0'; return false"
    choice = await withdrawn(tab, shop, f'<footer><a href="#" onclick="{gone}">Withdraw consent</a></footer>')
    assert (choice.confirmed, choice.steps, choice.pressed) == (True, 1, ["Withdraw consent"]), choice.reason


NO_WAYS = {
    "a policy that only tells": "",
    "a chat": f'<button {ICON} aria-label="Chat with us">?</button>',
    "another shop's settings": '<footer><a href="http://other.localhost/">Cookie settings</a></footer>',
    "cookies to eat": "<a href='/biscuits'>Our cookies</a>",
}


@pytest.mark.parametrize("case", NO_WAYS)
async def test_nothing_leads_back(tab, shop, case):
    choice = await withdrawn(tab, shop, NO_WAYS[case], cookies="<h1>Cookies</h1>", privacy="<h1>Privacy</h1>")
    assert (choice.way, choice.confirmed, choice.reason, choice.steps) == ("", False, NOWHERE, 0)
    assert await said(tab) == "granted"


async def test_what_opens_nothing_is_no_withdrawal(tab, shop):
    choice = await withdrawn(tab, shop, '<footer><a href="#">Cookie settings</a></footer>')
    assert (choice.way, choice.confirmed) == ("footer link", False)
    assert "nothing opened" in choice.reason


async def test_word_of_thanks_is_no_withdrawal(tab, shop):
    """The refusal says that it was done, and stores consent as before."""
    link = f'<footer><a href="#" onclick="{AGAIN}">Cookie settings</a></footer>'
    lying = bar(buttons()).replace("answer('denied')", "document.getElementById('box').innerHTML = 'Saved. Thank you!'")
    choice = await withdrawn(tab, shop, ask_again(link, box=lying))
    assert not choice.confirmed and choice.way == "footer link"
    assert "nothing that is stored changed" in choice.reason
