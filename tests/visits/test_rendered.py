"""The rendered page: what style sheets put into it, wherever they come from."""

from __future__ import annotations

import pytest
from shopserver import typed

from auditor.spiders.collectors.rendered import html

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def rendered(tab, page: str) -> str:
    await tab.load(page)
    return await html(tab)


async def test_text_of_style_sheets(tab, shop):
    page = """<!doctype html><title>Shop</title><style>
    *, ::before { content: none } .seal::before { content: "Seal " attr(data-year) } .icon:before { content: "\\f00c" }
    @media screen { @supports (display: grid) { footer::after { content: "© 2026 Paper Ltd" } } }
    .nested { &::after { content: "nested text" } } .label { --said: "from a variable" } .label::before { content: var(--said) }
    </style><p class=seal data-year=1999>x</p><i class=icon></i><p class=nested>y</p><p class=label>z</p><footer></footer>"""
    found = await rendered(tab, shop({"/": page}).url)
    assert "Seal 1999" in found and "\uf00c" not in found.partition("</style>")[2]
    assert "<footer>© 2026 Paper Ltd</footer>" in found and "ynested text" in found and "from a variablez" in found


async def test_text_of_another_site_s_style_sheet(tab, shop):
    other = shop({"/s.css": typed("footer::before { content: 'Imprint of Paper Ltd' }", "text/css")})
    found = await rendered(
        tab, shop({"/": f"<title>S</title><link rel=stylesheet href='{other.at('/s.css')}'><footer></footer>"}).url
    )
    assert "<footer>Imprint of Paper Ltd</footer>" in found


async def test_text_of_shadow_trees_and_slots(tab, shop):
    page = """<!doctype html><title>Shop</title><style>em::after { content: "given by the page" }</style>
    <x-foot><em slot=name>a</em></x-foot><x-host></x-host><x-plain></x-plain><script>
    const make = (name, html) => document.querySelector(name).attachShadow({mode: "open"}).innerHTML = html;
    make("x-foot", "<footer><slot name=name></slot></footer>");
    make("x-host", "<style>:host::before { content: 'before the host' }</style><p>b</p>");
    make("x-plain", "<style>p::after { content: 'after the text' }</style><p>c</p>");
    </script>"""
    found = (await rendered(tab, shop({"/": page}).url)).partition("<script>")[0]
    assert "agiven by the page" in found and "before the host" in found and "cafter the text" in found
    assert "<p>b</p>" in found
