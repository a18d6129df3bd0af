"""Real consent libraries, in default and in changed configurations: each choice is confirmed by what the library stored."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from libraries import file
from shopserver import typed

from auditor.spiders.consent.driver import choose
from auditor.spiders.consent.finder import find
from auditor.spiders.consent.tools import Autoconsent

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("libraries")]

SETTINGS = {
    "title": "Manage cookie preferences", "acceptAllBtn": "Accept all", "savePreferencesBtn": "Accept current selection", "closeIconLabel": "Close",
    "sections": [
        {"title": "Strictly necessary cookies", "description": "Needed.", "linkedCategory": "necessary"},
        {"title": "Analytics", "description": "Counts visits.", "linkedCategory": "analytics"},
    ],
}  # fmt: skip


def vanilla(reject: bool) -> str:
    first = {
        "title": "We use cookies",
        "description": "Cookies measure our traffic.",
        "acceptAllBtn": "Accept all",
        "showPreferencesBtn": "Manage preferences",
    }
    if reject:
        first["acceptNecessaryBtn"] = "Reject all"
    words = {"default": "en", "translations": {"en": {"consentModal": first, "preferencesModal": SETTINGS}}}
    config = {"categories": {"necessary": {"enabled": True, "readOnly": True}, "analytics": {}}, "language": words}
    return f"<script src=/lib.js></script><script>CookieConsent.run({json.dumps(config)})</script>"


def klaro(**options) -> str:
    services = [
        {"name": "matomo", "title": "Matomo", "purposes": ["analytics"]},
        {"name": "ads", "title": "Ads", "purposes": ["marketing"]},
    ]
    return f"<script>var klaroConfig = {json.dumps({'services': services, **options})}</script><script defer src=/lib.js></script>"


def tarteaucitron(**options) -> str:
    return (
        f"<script src=/tac/tarteaucitron.js></script><script>tarteaucitron.init({json.dumps({'mandatory': True, 'AcceptAllCta': True, **options})});"
        "tarteaucitron.user.gtagUa = 'G-1'; (tarteaucitron.job = tarteaucitron.job || []).push('gtag');</script>"
    )


def osano(kind: str) -> str:
    return f"<script src=/lib.js></script><script>cookieconsent.initialise({json.dumps({'type': kind})})</script>"


OREJIME = (
    "<script>window.orejimeConfig = {purposes: [{id: 'analytics', title: 'Analytics', cookies: ['_pk']}, {id: 'ads', title: 'Ads', "
    "cookies: ['_fbp']}], privacyPolicyUrl: '/privacy'}</script><script src=/lib.js></script>"
)

# name -> (markup, library, script, stylesheet, cookie, its value when rejected and when accepted, tool's name)
VANILLA = ("vanilla-cookieconsent", "dist/cookieconsent.umd.js", "dist/cookieconsent.css", "cc_cookie", '"categories":["necessary"]', '"categories":["necessary","analytics"]')  # fmt: skip
KLARO = ("klaro", "dist/klaro.js", "", "klaro", '{"matomo":false,"ads":false}', '{"matomo":true,"ads":true}')
TAC = ("tarteaucitronjs", "", "", "tarteaucitron", "!gtag=false", "!gtag=true")
OSANO = (
    "cookieconsent",
    "build/cookieconsent.min.js",
    "build/cookieconsent.min.css",
    "cookieconsent_status",
    "deny",
    "allow",
)
CASES = {
    "vanilla-cookieconsent": (vanilla(True), *VANILLA, "vanilla-cookieconsent 3"),
    "vanilla-cookieconsent, reject behind the settings": (vanilla(False), *VANILLA, "vanilla-cookieconsent 3"),
    "klaro": (klaro(acceptAll=True), *KLARO, "Klaro"),
    "klaro as a wall without a refusal": (klaro(acceptAll=True, mustConsent=True, hideDeclineAll=True), *KLARO, "Klaro"),
    "tarteaucitron": (tarteaucitron(DenyAllCta=True, orientation="middle"), *TAC, "tarteaucitron"),
    "tarteaucitron, reject behind the settings": (tarteaucitron(DenyAllCta=False, orientation="bottom"), *TAC, "tarteaucitron"),
    "Cookie Consent, opt-in": (osano("opt-in"), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "Cookie Consent, opt-out": (osano("opt-out"), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "orejime": (OREJIME, "orejime", "dist/orejime-standard-en.js", "dist/orejime-standard.css", "eu-consent", '{"analytics":false,"ads":false}', '{"analytics":true,"ads":true}', ""),
}  # fmt: skip


def serve(shop, case):
    markup, name, script, style, *_ = CASES[case]
    body = (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><link rel=stylesheet href=/lib.css><h1>Paper</h1><p>Paper and ink."
        f"<footer><a href=/privacy>Privacy policy</a></footer>{markup}"
    )
    pages = {"/": body, "/lib.css": typed(file(name, style) if style else "", "text/css")}
    if script:
        pages["/lib.js"] = typed(file(name, script), "text/javascript; charset=utf-8")

    def of_tarteaucitron(asked):
        kind = "text/css" if asked.path.endswith(".css") else "text/javascript"
        return typed(file("tarteaucitronjs", asked.path.removeprefix("/tac/")), f"{kind}; charset=utf-8")

    return shop(pages, otherwise=of_tarteaucitron if name == "tarteaucitronjs" else None)


async def stored(tab, name: str) -> str:
    (document, *_) = await tab.documents()
    pairs = (await tab.run(document, "document.cookie")).split("; ")
    return unquote(next((pair.partition("=")[2] for pair in pairs if pair.startswith(f"{name}=")), ""))


@pytest.mark.parametrize("action", ["reject", "accept"])
@pytest.mark.parametrize("case", CASES)
async def test_choice_is_stored(tab, shop, case, action):
    *_, cookie, rejected, accepted, name = CASES[case]
    await tab.load(serve(shop, case).url)
    banner = await find(tab)
    async with Autoconsent(tab) as tool:
        await tool.detect()
        assert tool.tool == name
        tries = await choose(tab, banner, action, tool, frozenset())
    assert tries[-1].confirmed, [choice.reason for choice in tries]
    assert (rejected if action == "reject" else accepted) in await stored(tab, cookie)


async def test_ok_that_accepts_nothing(tab, shop):
    """Klaro's "That's ok" keeps what its services default to: pressing it accepts nothing, whatever it says."""
    CASES["klaro, as it comes"] = (klaro(), *KLARO, "Klaro")
    await tab.load(serve(shop, "klaro, as it comes").url)
    banner = await find(tab)
    async with Autoconsent(tab) as tool:
        await tool.detect()
        (choice,) = await choose(tab, banner, "accept", tool, frozenset())
    assert choice.spoiled and not choice.confirmed and choice.pressed == ["That's ok"]


async def test_notice_that_can_only_be_dismissed(tab, shop):
    CASES["Cookie Consent, information"] = (osano("info"), *OSANO, "")
    await tab.load(serve(shop, "Cookie Consent, information").url)
    banner = await find(tab)
    assert {control.role for control in banner.controls} == {"policy", "accept"}
    async with Autoconsent(tab) as tool:
        tries = await choose(tab, banner, "reject", tool, frozenset())
    assert not any(choice.pressed or choice.confirmed for choice in tries)
