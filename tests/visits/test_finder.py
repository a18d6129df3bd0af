"""What is seen as a consent request, and how its controls are told apart."""

from __future__ import annotations

import pytest
from banners import STYLE, WORDS, bar, buttons, page

from auditor.spiders.consent.finder import find

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("finder")]


async def seen(tab, server):
    await tab.load(server.url)
    return await find(tab)


def roles(banner) -> dict[str, str]:
    return {control.text: control.role for control in banner.controls}


@pytest.mark.parametrize("language", WORDS)
async def test_bar_in_every_language(tab, shop, language):
    text, accept, reject, settings, _ = WORDS[language]
    banner = await seen(tab, shop({"/": page(bar(buttons(language)), language=language)}))
    assert roles(banner) == {accept: "accept", reject: "reject", settings: "settings"}
    assert text in banner.text and banner.decides and not banner.blocks_page


SHAPES = {
    "dialog": f'<dialog id="box">{buttons()}</dialog><script>document.getElementById("box").showModal()</script>',
    "block at the top of the page": f'<script>document.body.insertAdjacentHTML("afterbegin", `{bar(buttons(), style="padding:9px")}`)</script>',
    "links": bar(buttons(tag="a")),
    "divs that show a hand": bar(buttons(tag="div")) + "<style>#box div{cursor:pointer;display:inline-block}</style>",
    "open shadow tree": '<div id="box"></div><script>window.__banner = document.getElementById("box");'
    f'__banner.attachShadow({{mode: "open"}}).innerHTML = `{bar(buttons())}`</script>',
    "closed shadow tree": '<div id="box"></div><script>window.__banner = document.getElementById("box");'
    f'__banner.attachShadow({{mode: "closed"}}).innerHTML = `{bar(buttons())}`</script>',
    "shell around the whole page": f'<div style="position:fixed;inset:0;overflow:auto;background:#fff"><main>{"<p>Words about paper.</p>" * 400}'
    f"</main>{bar(buttons())}</div>",
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_shapes(tab, shop, shape):
    banner = await seen(tab, shop({"/": page(SHAPES[shape])}))
    assert roles(banner) == {"Accept all": "accept", "Reject all": "reject", "Cookie settings": "settings"}
    assert all(control.visible for control in banner.controls)


async def test_frame_of_another_site(tab, shop):
    cmp = shop(
        {"/": f"<body style='margin:0'><p>{WORDS['en'][0]}</p><button>Accept all</button><button>Reject all</button>"}
    )
    frame = f'<iframe src="{cmp.url}" style="position:fixed;left:100px;top:200px;width:500px;height:200px;border:0"></iframe>'
    banner = await seen(tab, shop({"/": page(frame)}))
    assert roles(banner) == {"Accept all": "accept", "Reject all": "reject"}
    assert banner.document.url == cmp.url
    x, y, *_ = banner.having("accept")[0].box
    assert 100 <= x < 600 and 200 <= y < 400


@pytest.mark.parametrize(
    "frame",
    ["display:none", "width:0;height:0;border:0", "position:fixed;left:-3000px;width:400px;height:200px", "opacity:0"],
)
async def test_unseen_frame(tab, shop, frame):
    cmp = shop({"/": f"<p>{WORDS['en'][0]}</p><button>Accept all</button><button>Reject all</button>"})
    assert await seen(tab, shop({"/": page(f'<iframe src="{cmp.url}" style="{frame}"></iframe>')})) is None


UNSEEN = {
    "its script failed": bar(buttons(), style=f"{STYLE};display:none"),
    "invisible": bar(buttons(), style=f"{STYLE};visibility:hidden"),
    "transparent": bar(buttons(), style=f"{STYLE};opacity:0"),
    "outside of the window": bar(buttons(), style="position:fixed;left:-2000px;width:900px;background:#fff"),
    "slid out below": bar(buttons(), style=f"{STYLE};transform:translateY(100%)"),
    "of no size": bar(buttons(), style="position:fixed;bottom:0;width:0;height:0;overflow:hidden"),
    "behind the page": bar(buttons(), style="position:fixed;bottom:0;z-index:-1")
    + '<div style="position:fixed;inset:0;background:#fff">Paper</div>',
    "template": f"<template>{bar(buttons())}</template>",
}


@pytest.mark.parametrize("why", UNSEEN)
async def test_what_a_visitor_does_not_see_is_not_there(tab, shop, why):
    assert await seen(tab, shop({"/": page(UNSEEN[why])})) is None


OTHER_THINGS = {
    "newsletter": bar(
        "<h2>Ten percent off</h2><p>Subscribe to our newsletter. By subscribing you accept our privacy policy.</p>"
        '<input type="email"><button>Subscribe</button><button>No thanks</button>'
    ),
    "biscuits": bar("<p>Free cookies with every order this week</p><a href='/shop'>Shop now</a><button>×</button>"),
    "age gate": bar("<p>Are you over 18 years of age?</p><button>Yes</button><button>No</button>"),
    "permanent settings": '<button style="position:fixed;left:0;bottom:0">Cookie settings</button>',
    "cookie policy": "<h2>Cookie policy</h2><p>We use cookies for statistics and marketing.</p><button>Cookie settings</button>",
    "page of settings": "<script>document.querySelector('main').innerHTML = `<h1>Cookie settings</h1><p>We use cookies for statistics."
    "</p><label><input type=checkbox> Marketing</label><button>Save preferences</button><button>Accept all</button>`</script>",
    "language": bar("<p>Choose your country and language</p><button>Continue</button><button>Change</button>"),
    "order form": "<form><label><input type=checkbox> I accept the privacy policy and the use of my data</label>"
    "<input type=text><button>Confirm order</button></form>",
    "sticky header": '<div style="position:sticky;top:0;background:#fff"><a href="/privacy">Privacy</a> <a href="/account">Preferences</a>'
    "<button>Search</button></div>",
    "thanks": bar("<p>Your cookie preferences were saved.</p>"),
}


@pytest.mark.parametrize("thing", OTHER_THINGS)
async def test_other_things_are_no_consent_request(tab, shop, thing):
    banner = await seen(tab, shop({"/": page(OTHER_THINGS[thing])}))
    assert banner is None or not banner.decides, banner


async def test_request_without_the_word_cookie(tab, shop):
    body = bar(
        "<h2>We value your privacy</h2><p>We and our 214 partners store information on your device for personalised advertising "
        "and measurement. You can change your choices at any time.</p><button>Agree</button><button>More options</button>"
    )
    banner = await seen(tab, shop({"/": page(body)}))
    assert roles(banner) == {"Agree": "accept", "More options": "settings"}


async def test_notice_with_a_cross_only(tab, shop):
    body = bar(
        "<p>This site uses cookies for advertising.</p><button>Got it</button><button aria-label='Close'>×</button>"
    )
    banner = await seen(tab, shop({"/": page(body)}))
    assert roles(banner) == {"Got it": "accept", "×": "close"}
    assert not banner.having("reject")


async def test_wall_covers_the_page(tab, shop):
    box = f'<div style="position:fixed;inset:0;background:#0008">{bar(buttons(), style="margin:300px auto;width:500px;background:#fff")}</div>'
    banner = await seen(tab, shop({"/": page(box)}))
    assert banner.blocks_page


PHRASES = {
    "reject": [
        "Decline",
        "Reject non-essential",
        "Only necessary",
        "Use necessary cookies only",
        "Continue without accepting",
        "No, thanks",
        "I do not agree",
        "Do not accept",
        "Deny",
        "Essential only",
        "Refuse all cookies",
        "Accept only essential cookies",
        "I decline",
        "Allow necessary cookies only",
        "Opt out",
        "Ablehnen",
        "Alle ablehnen",
        "Nur erforderliche Cookies",
        "Nur essenzielle Cookies akzeptieren",
        "Weiter ohne Einwilligung",
        "Nicht zustimmen",
        "Ohne Zustimmung fortfahren",
        "Nein, danke",
        "Tout refuser",
        "Refuser",
        "Je refuse",
        "Je n’accepte pas",
        "Cookies nécessaires uniquement",
        "Non merci",
        "Rechazar todo",
        "Solo necesarias",
        "No acepto",
        "Continuar sin aceptar",
        "Denegar",
        "Rifiuta tutto",
        "Solo necessari",
        "Continua senza accettare",
        "Nega",
        "Non accetto",
        "거부",
        "모두 거부",
        "필수 쿠키만 허용",
        "동의하지 않음",
        "필수만",
        "拒绝",
        "全部拒绝",
        "仅接受必要 Cookie",
        "不同意",
        "拒絕",
        "只允许必要的",
        "拒否する",
        "すべて拒否",
        "必要なCookieのみ許可する",
        "同意しない",
        "必須のみ",
        "Alles weigeren",
        "Alleen noodzakelijke cookies",
        "Odrzuć wszystkie",
        "Tylko niezbędne",
        "Rejeitar",
        "Apenas necessários",
    ],
    "accept": [
        "Accept",
        "Accept all cookies",
        "Allow all",
        "I agree",
        "Got it!",
        "OK",
        "Yes, I agree",
        "Agree & close",
        "Accept recommended settings",
        "That's ok",
        "Continue to site",
        "Accept and continue",
        "Alle Cookies akzeptieren",
        "Zustimmen",
        "Einverstanden",
        "Alles klar",
        "Allen zustimmen",
        "Ja, ich stimme zu",
        "Verstanden",
        "J’accepte",
        "Tout autoriser",
        "OK, tout accepter",
        "D’accord",
        "Aceptar",
        "Aceptar todo",
        "Permitir todas las cookies",
        "Entendido",
        "Sí",
        "Accetta",
        "Accetto",
        "Acconsento",
        "Ho capito",
        "동의",
        "모두 허용",
        "동의하고 계속하기",
        "확인",
        "수락",
        "接受",
        "同意",
        "全部接受",
        "知道了",
        "接受所有 Cookie",
        "同意する",
        "すべて許可",
        "はい",
        "OK",
        "全て受け入れる",
        "Alles accepteren",
        "Akkoord",
        "Zaakceptuj wszystkie",
        "Zgadzam się",
        "Aceitar todos",
        "Concordo",
    ],
    "settings": [
        "Manage preferences",
        "Customize",
        "Cookie settings",
        "More options",
        "Let me choose",
        "Manage my choices",
        "No, adjust",
        "Show details",
        "Einstellungen anpassen",
        "Mehr Optionen",
        "Individuelle Datenschutzeinstellungen",
        "Cookies verwalten",
        "Nein, anpassen",
        "Paramétrer les cookies",
        "Personnaliser",
        "Gérer mes choix",
        "Configurar",
        "Gestionar cookies",
        "Personalizza",
        "Gestisci preferenze",
        "설정",
        "맞춤 설정",
        "쿠키 관리",
        "设置",
        "管理偏好",
        "自定义",
        "設定",
        "カスタマイズ",
        "詳細設定",
        "Instellingen",
        "Ustawienia",
        "Gerir cookies",
    ],
    "save": [
        "Save settings",
        "Confirm my choices",
        "Accept selection",
        "Allow selected cookies",
        "Auswahl bestätigen",
        "Auswahl erlauben",
        "Enregistrer",
        "Valider mes choix",
        "Guardar configuración",
        "Salva",
        "Accetta selezionati",
        "선택 저장",
        "선택 허용",
        "保存设置",
        "保存する",
        "Opslaan",
        "Zapisz",
        "Guardar preferências",
    ],
    "policy": [
        "Cookie policy",
        "Learn more",
        "Mehr erfahren",
        "Datenschutzerklärung",
        "En savoir plus",
        "Más información",
        "Informativa",
        "개인정보 처리방침",
        "隐私政策",
        "プライバシーポリシー",
    ],
    "pay": [
        "Subscribe without ads",
        "Pay to reject",
        "Pur-Abo abschließen",
        "Refuser et s’abonner",
        "Suscríbete",
        "유료 구독",
        "付费订阅",
    ],
}


@pytest.mark.parametrize("role", PHRASES)
async def test_phrases(tab, shop, role):
    made = "".join(f"<button>{phrase}</button>" for phrase in dict.fromkeys(PHRASES[role]))
    body = bar(f"<p>We use cookies for advertising and measurement.</p>{made}<button>Accept all cookies now</button>")
    banner = await seen(tab, shop({"/": page(body)}))
    found = roles(banner)
    assert {phrase: found[phrase] for phrase in PHRASES[role]} == dict.fromkeys(PHRASES[role], role)


async def test_headings_of_purposes_are_no_refusal(tab, shop):
    body = bar(
        "<p>We use cookies for advertising.</p><button aria-expanded=false>Strictly necessary cookies</button>"
        "<button>Accept all</button><button>Save preferences</button>"
    )
    banner = await seen(tab, shop({"/": page(body)}))
    assert roles(banner)["Strictly necessary cookies"] == "other"
    lone = bar("<p>We use cookies for advertising.</p><button>Necessary cookies</button><button>Accept all</button>")
    banner = await seen(tab, shop({"/": page(lone)}))
    assert roles(banner)["Necessary cookies"] == "reject"


async def test_choices_on_other_pages_are_links(tab, shop):
    body = bar(
        "<p>We use cookies for advertising.</p><button>OK</button><a href='/cookies'>Cookie settings</a>"
        "<a href='https://elsewhere.example/'>Decline</a>"
    )
    banner = await seen(tab, shop({"/": page(body)}))
    assert roles(banner) == {"OK": "accept", "Cookie settings": "policy", "Decline": "policy"}


async def test_what_holds_buttons_is_no_button(tab, shop):
    body = f'<div onclick="void 0" role="button" style="position:fixed;inset:0">{bar(buttons())}</div>'
    banner = await seen(tab, shop({"/": page(body)}))
    assert roles(banner) == {"Accept all": "accept", "Reject all": "reject", "Cookie settings": "settings"}


async def test_a_cover_that_is_a_style_sheets_own_blocks_the_page(tab, shop):
    cover = (
        '<style>#cover::before{content:"";position:fixed;inset:0;background:#000c;z-index:9}</style><div id="cover">'
    )
    banner = await seen(tab, shop({"/": page(f"{cover}{bar(buttons())}</div>")}))
    assert banner.blocks_page
    harmless = cover.replace("z-index:9", "z-index:9;pointer-events:none")
    banner = await seen(tab, shop({"/": page(f"{harmless}{bar(buttons())}</div>")}))
    assert not banner.blocks_page
