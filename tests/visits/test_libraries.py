"""Real consent libraries, in default and in changed configurations: each choice is confirmed by what the library stored."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import unquote

import pytest
from libraries import file
from shopserver import Answer, typed

from auditor.spiders.consent.driver import choose
from auditor.spiders.consent.finder import find
from auditor.spiders.consent.tools import Autoconsent
from auditor.spiders.consent.wayback import withdraw

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


def vanilla2(reject: bool) -> str:
    second = (
        {"text": "Reject all", "role": "accept_necessary"}
        if reject
        else {"text": "Manage preferences", "role": "settings"}
    )
    blocks = [
        {"title": "Strictly necessary", "description": "Needed.", "toggle": {"value": "necessary", "enabled": True, "readonly": True}},
        {"title": "Analytics", "description": "Counts visits.", "toggle": {"value": "analytics", "enabled": False, "readonly": False}},
    ]  # fmt: skip
    words = {
        "consent_modal": {
            "title": "We use cookies",
            "description": "Cookies measure our traffic. <button type=button data-cc=c-settings class=cc-link>Let me choose</button>",
            "primary_btn": {"text": "Accept all", "role": "accept_all"},
            "secondary_btn": second,
        },
        "settings_modal": {
            "title": "Cookie preferences",
            "save_settings_btn": "Save settings",
            "accept_all_btn": "Accept all",
            "reject_all_btn": "Reject all" if reject else "",
            "close_btn_label": "Close",
            "blocks": blocks,
        },
    }
    config = {"current_lang": "en", "autorun": True, "languages": {"en": words}}
    return f"<script src=/lib.js></script><script>initCookieConsent().run({json.dumps(config)})</script>"


def react(**options) -> str:
    props = {"enableDeclineButton": True, "setDeclineCookie": True, **options}
    return (
        '<div id="root"></div><script src=/react/react></script><script src=/react/react-dom></script><script src=/lib.js></script><script>'
        "const say = (props) => React.createElement(ReactCookieConsent.CookieConsent, props, 'This website uses cookies to enhance your experience.');"
        f"ReactDOM.createRoot(document.getElementById('root')).render(say({json.dumps(props)}))</script>"
    )


def porsche(shown: str = "", **attributes) -> str:
    labels = {
        "btn-label-accept-and-continue": "Agree and continue",
        "btn-label-only-essential-and-continue": "Continue with technically required cookies only",
        "btn-label-persist-selection-and-continue": "Save selection and continue",
        "btn-label-select-all-and-continue": "Select all and continue",
        "content-settings-description": "You can decide which cookies are used.",
        **attributes,
    }
    said = " ".join(f'{name}="{text}"' for name, text in labels.items())
    return (
        "<script type=module src=/porsche/cookie-consent-banner.esm.js></script>"
        f"<cookie-consent-banner {said}>We use cookies to provide features and, with your consent, for analysis and marketing."
        f" <a href=\"javascript:document.dispatchEvent(new Event('cookie_consent_details_show'))\">Detailed settings</a></cookie-consent-banner>"
        "<script>document.querySelector('cookie-consent-banner').availableCategories = ["
        "{key: 'technically_required', label: 'Technically necessary cookies', description: 'Needed.', isMandatory: true},"
        "{key: 'analytics', label: 'Analysis cookies', description: 'Counts.'}]</script>"
    )


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


def osano(kind: str, **options) -> str:
    return f"<script src=/lib.js></script><script>cookieconsent.initialise({json.dumps({'type': kind, **options})})</script>"


OREJIME = (
    "<script>window.orejimeConfig = {purposes: [{id: 'analytics', title: 'Analytics', cookies: ['_pk']}, {id: 'ads', title: 'Ads', "
    "cookies: ['_fbp']}], privacyPolicyUrl: '/privacy'}</script><script src=/lib.js></script>"
)

# name -> (markup, library, script, stylesheet, cookie, its value when rejected and when accepted, tool's name)
VANILLA = ("vanilla-cookieconsent", "dist/cookieconsent.umd.js", "dist/cookieconsent.css", "cc_cookie", '"categories":["necessary"]', '"categories":["necessary","analytics"]')  # fmt: skip
VANILLA2 = ("vanilla-cookieconsent@2", "dist/cookieconsent.js", "dist/cookieconsent.css", "cc_cookie", '"categories":["necessary"]', '"categories":["necessary","analytics"]')  # fmt: skip
REACT = ("react-cookie-consent", "dist/react-cookie-consent.umd.js", "", "CookieConsent", "false", "true")
PORSCHE = (
    "@porscheofficial/cookie-consent-banner",
    "",
    "",
    "cookies_accepted_categories",
    "technically_required",
    "analytics",
)
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
    "vanilla-cookieconsent 2": (vanilla2(True), *VANILLA2, "vanilla-cookieconsent 2"),
    "vanilla-cookieconsent 2, reject behind the settings": (vanilla2(False), *VANILLA2, "vanilla-cookieconsent 2"),
    "react-cookie-consent": (react(), *REACT, ""),
    "react-cookie-consent, other words": (react(buttonText="Sure, all of them", declineButtonText="Only what is necessary", location="top"), *REACT, ""),
    "web component": (porsche(), *PORSCHE, ""),
    "klaro": (klaro(acceptAll=True), *KLARO, "Klaro"),
    "klaro as a wall without a refusal": (klaro(acceptAll=True, mustConsent=True, hideDeclineAll=True), *KLARO, "Klaro"),
    "tarteaucitron": (tarteaucitron(DenyAllCta=True, orientation="middle"), *TAC, "tarteaucitron"),
    "tarteaucitron, reject behind the settings": (tarteaucitron(DenyAllCta=False, orientation="bottom"), *TAC, "tarteaucitron"),
    "Cookie Consent, opt-in": (osano("opt-in"), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "Cookie Consent, opt-out": (osano("opt-out"), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "Cookie Consent, opt-in, with its tab": (osano("opt-in", revokable=True, animateRevokable=False), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "Cookie Consent, opt-out, with a tab that hides": (osano("opt-out", revokable=True), *OSANO, "Cookie Consent (Osano) or Complianz"),
    "orejime": (OREJIME, "orejime", "dist/orejime-standard-en.js", "dist/orejime-standard.css", "eu-consent", '{"analytics":false,"ads":false}', '{"analytics":true,"ads":true}', ""),
}  # fmt: skip


FOLDERS = {
    "tac": lambda path: ("tarteaucitronjs", path),
    "react": lambda path: (path, f"umd/{path}.production.min.js"),
    "porsche": lambda path: ("@porscheofficial/cookie-consent-banner", f"dist/cookie-consent-banner/{path}"),
}


def serve(shop, case, footer=""):
    markup, name, script, style, *_ = CASES[case]
    body = (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><link rel=stylesheet href=/lib.css><h1>Paper</h1><p>Paper and ink."
        f"<footer><a href=/privacy>Privacy policy</a> {footer}</footer>{markup}"
    )
    pages = {"/": body, "/lib.css": typed(file(name, style) if style else "", "text/css")}
    if script:
        pages["/lib.js"] = typed(file(name, script), "text/javascript; charset=utf-8")

    def of_folder(asked):
        folder, _, path = asked.path[1:].partition("/")
        if folder not in FOLDERS:
            return Answer("", 404)
        kind = "text/css" if asked.path.endswith(".css") else "text/javascript"
        return typed(file(*FOLDERS[folder](path)), f"{kind}; charset=utf-8")

    folders = ("tarteaucitronjs", "react-cookie-consent", "@porscheofficial/cookie-consent-banner")
    return shop(pages, otherwise=of_folder if name in folders else None)


async def stored(tab, name: str) -> str:
    (document, *_) = await tab.documents()
    pairs = (await tab.run(document, "document.cookie")).split("; ")
    return unquote(next((pair.partition("=")[2] for pair in pairs if pair.startswith(f"{name}=")), ""))


async def asking(tab):
    """The request, once it has come in: some slide for a second."""
    async with asyncio.timeout(8):
        while (banner := await find(tab)) is None or not banner.decides:
            await asyncio.sleep(0.1)
    return banner


@pytest.mark.parametrize("action", ["reject", "accept"])
@pytest.mark.parametrize("case", CASES)
async def test_choice_is_stored(tab, shop, case, action):
    *_, cookie, rejected, accepted, name = CASES[case]
    await tab.load(serve(shop, case).url)
    banner = await asking(tab)
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


def link(does: str, words: str = "Cookie settings") -> str:
    return f'<a href="#" onclick="{does}; return false">{words}</a>'


# case -> what the footer offers, the kind of way, and what is pressed and moved on it
WAYS = {
    "vanilla-cookieconsent": ('<button data-cc="show-preferencesModal">Cookie preferences</button>', "footer link"),
    "vanilla-cookieconsent, reject behind the settings": ('<a href="#" data-cc="show-preferencesModal">Cookie settings</a>', "footer link"),
    "vanilla-cookieconsent 2": ('<a href="#" data-cc="c-settings">Change your cookie preferences</a>', "footer link"),
    "vanilla-cookieconsent 2, reject behind the settings": ('<button data-cc="c-settings">Cookies verwalten</button>', "footer link"),
    "react-cookie-consent": (link("ReactCookieConsent.resetCookieConsentValue(); location.reload()", "Withdraw consent"), "footer link"),
    "web component": (link("document.dispatchEvent(new Event('cookie_consent_show'))", "Manage cookies"), "footer link"),
    "klaro": (link("klaro.show()", "Consent settings"), "footer link"),
    "klaro as a wall without a refusal": (link("klaro.show()", "Cookie-Einstellungen"), "footer link"),
    "tarteaucitron": ("", "floating button"),
    "tarteaucitron, reject behind the settings": ("", "floating button"),
    "Cookie Consent, opt-in, with its tab": ("", "floating button"),
    "Cookie Consent, opt-out, with a tab that hides": ("", "floating button"),
    "orejime": (link("orejime.prompt()", "Your privacy choices"), "footer link"),
}  # fmt: skip


@pytest.mark.parametrize("case", WAYS)
async def test_withdrawal_is_stored(tab, shop, case):
    """Consent is given, the page is loaded again, and what the library stores says no after the way back was gone."""
    *_, cookie, rejected, accepted, _ = CASES[case]
    footer, kind = WAYS[case]
    server = serve(shop, case, footer)
    await tab.load(server.url)
    async with Autoconsent(tab) as tool:
        await tool.detect()
        tries = await choose(tab, await asking(tab), "accept", tool, frozenset())
    assert tries[-1].confirmed, [choice.reason for choice in tries]
    assert accepted in await stored(tab, cookie)
    await tab.load(server.url)
    choice = await withdraw(tab)
    assert choice.confirmed, (choice.way, choice.pressed, choice.reason)
    now = await stored(tab, cookie)
    assert choice.way == kind and accepted not in now and (rejected in now or not now), now
    assert choice.steps >= len(choice.pressed) > 0 and choice.started <= choice.made
