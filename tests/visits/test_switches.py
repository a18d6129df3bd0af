"""Switches of a consent request: what stands for a purpose, in which state, and how it is moved."""

from __future__ import annotations

import pytest
from banners import bar, page

from auditor.spiders.consent.finder import find
from auditor.spiders.consent.press import turn_switches

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("switches")]

HEAD = "<h2>Cookie preferences</h2><p>We use cookies for statistics and marketing.</p>"
KEEP = "<button>Save preferences</button>"
FLIP = "this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')"
PAIR = (
    '<div class=row><span>{0}</span><button aria-pressed={1} onclick="pick(this)">Allow</button>'
    '<button aria-pressed={2} onclick="pick(this)">Deny</button></div>'
)
SHAPES = {
    "boxes": "<label><input type=checkbox checked disabled> Strictly necessary</label>"
    "<label><input type=checkbox checked> Statistics</label><label><input type=checkbox> Marketing</label>",
    "boxes that only their labels show": "<style>.t{position:absolute;opacity:0;width:1px;height:1px}</style>"
    "<div><input class=t type=checkbox checked disabled id=n><label for=n>Strictly necessary</label></div>"
    "<div><input class=t type=checkbox checked id=s><label for=s>Statistics</label></div>"
    "<div><input class=t type=checkbox id=m><label for=m>Marketing</label></div>",
    "switches by role": "<div><span id=a>Strictly necessary</span><button role=switch aria-checked=true aria-disabled=true aria-labelledby=a></button></div>"
    f'<div><span id=b>Statistics</span><button role=switch aria-checked=true aria-labelledby=b onclick="{FLIP}"></button></div>'
    f'<div><span id=c>Marketing</span><button role=switch aria-checked=false aria-labelledby=c onclick="{FLIP}"></button></div>',
    "boxes named by their row": "<div>Strictly necessary <input type=checkbox checked disabled></div>"
    "<div>Statistics <input type=checkbox checked></div><div>Marketing <input type=checkbox></div>",
    "radio pairs": "<div>Strictly necessary <input type=checkbox checked disabled></div>"
    + "".join(
        f"<fieldset><legend>{name}</legend><label><input type=radio name={name} {'checked' * on}> Yes</label>"
        f"<label><input type=radio name={name} {'checked' * (not on)}> No</label></fieldset>"
        for name, on in (("Statistics", True), ("Marketing", False))
    ),
    "pairs of buttons": "<script>const pick = (one) => one.parentNode.querySelectorAll('button').forEach((b) => b.setAttribute('aria-pressed', b === one))"
    "</script><div>Strictly necessary <input type=checkbox checked disabled></div>"
    + PAIR.format("Statistics", "true", "false")
    + PAIR.format("Marketing", "false", "true"),
}


async def seen(tab, shop, inner: str):
    await tab.load(shop({"/": page(bar(HEAD + inner + KEEP))}).url)
    return await find(tab)


@pytest.mark.parametrize("shape", SHAPES)
async def test_shapes(tab, shop, shape):
    banner = await seen(tab, shop, SHAPES[shape])
    assert [(s.label, s.on) for s in banner.switches] == [
        ("Strictly necessary", True),
        ("Statistics", True),
        ("Marketing", False),
    ]
    assert [(s.necessary, s.disabled, s.visible) for s in banner.switches] == [
        (True, True, True), (False, False, True), (False, False, True)]  # fmt: skip
    assert await turn_switches(banner, False) == 1
    banner = await find(tab)
    assert [s.on for s in banner.switches] == [True, False, False]
    assert await turn_switches(banner, True) == 2
    assert [s.on for s in (await find(tab)).switches] == [True, True, True]


async def test_a_switch_that_moves_others_goes_first_and_is_no_purpose(tab, shop):
    """Moving the others as well would put them back."""
    inner = (
        "<div><label><input type=checkbox class=one checked> Statistics</label></div><div><label><input type=checkbox class=one checked> Marketing</label></div>"
        "<div><label><input type=checkbox checked onclick=\"document.querySelectorAll('.one').forEach((box) => { box.checked = this.checked; })\">"
        " Enable or disable all services</label></div>"
    )
    banner = await seen(tab, shop, inner)
    assert [s.label for s in banner.switches] == ["Statistics", "Marketing"]
    assert await turn_switches(banner, False) == 1
    assert [s.on for s in (await find(tab)).switches] == [False, False]


async def test_what_stands_for_no_purpose(tab, shop):
    inner = (
        "<label><input type=checkbox> Statistics</label><label><input type=checkbox> Send me the newsletter</label>"
        "<label><input type=checkbox> I am human</label><button aria-expanded=false aria-pressed=false>Partners</button>"
    )
    banner = await seen(tab, shop, inner)
    assert [s.label for s in banner.switches] == ["Statistics"]


async def test_preferences_with_switches_and_nothing_but_save(tab, shop):
    """As they open again after the choice; the words do not name cookies."""
    inner = (
        "<h2>Services we would like to use</h2><p>Here you choose which services may process your personal data, for analytics and advertising.</p>"
        "<label><input type=checkbox checked> Matomo</label><label><input type=checkbox checked> Ads</label><button>Save</button>"
    )
    await tab.load(shop({"/": page(bar(inner))}).url)
    banner = await find(tab)
    assert [s.label for s in banner.switches] == ["Matomo", "Ads"] and banner.having("save")
