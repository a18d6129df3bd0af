"""Consent banners of our own, in eight languages and many shapes. Each stores what was chosen in the cookie ``consent``."""

from __future__ import annotations

FILLER = "<p>Paper, pens and lamps for people who write letters. Delivered within three days of your order.</p>" * 12

# language -> text, accept, reject, settings, save
WORDS = {
    "en": (
        "We use cookies to measure traffic and to show you advertising.",
        "Accept all",
        "Reject all",
        "Cookie settings",
        "Save preferences",
    ),
    "de": (
        "Wir verwenden Cookies, um unsere Werbung zu messen.",
        "Alle akzeptieren",
        "Nur notwendige",
        "Einstellungen",
        "Auswahl speichern",
    ),
    "fr": (
        "Nous utilisons des cookies pour mesurer notre audience.",
        "Tout accepter",
        "Continuer sans accepter",
        "Paramétrer",
        "Enregistrer mes choix",
    ),
    "es": (
        "Usamos cookies para analizar el tráfico y mostrar anuncios.",
        "Aceptar todas",
        "Rechazar",
        "Configurar",
        "Guardar preferencias",
    ),
    "it": (
        "Usiamo i cookie per analizzare il traffico e per la pubblicità.",
        "Accetta tutti",
        "Rifiuta",
        "Personalizza",
        "Salva le preferenze",
    ),
    "ko": ("이 사이트는 분석과 광고를 위해 쿠키를 사용합니다.", "모두 동의", "필수만 허용", "쿠키 설정", "선택 저장"),
    "zh": ("我们使用 Cookie 进行统计和广告投放。", "全部接受", "仅必要", "管理设置", "保存选择"),
    "ja": (
        "当サイトは分析と広告のためにクッキーを使用します。",
        "すべて同意する",
        "必須のみ許可",
        "設定を変更",
        "選択を保存",
    ),
}

SCRIPT = """
function answer(said) { document.cookie = "consent=" + said + "; path=/; max-age=86400"; const banner = window.__banner
  || document.getElementById("box"); if (banner) banner.remove(); }
"""
STYLE = "position:fixed;left:0;right:0;bottom:0;background:#fff;border-top:1px solid;padding:20px;z-index:99"


def page(body: str, *, language: str = "en", head: str = "") -> str:
    """A page of a shop with a banner's markup at its end; the banner is left out once ``consent`` is stored."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Paper goods</title>{head}'
        f'<script>{SCRIPT}</script></head><body><header><a href="/">Home</a></header><main><h1>Paper</h1>{FILLER}</main>'
        f'<footer><a href="/privacy">Privacy policy</a> <a href="/cookies">Cookie policy</a></footer>{body}'
        '<script>if (/(^|; )consent=/.test(document.cookie)) document.getElementById("box")?.remove();</script></body></html>'
    )


def buttons(language: str = "en", *, reject: bool = True, settings: bool = True, tag: str = "button") -> str:
    text, accept, refuse, more, _ = WORDS[language]
    href = ' href="#"' if tag == "a" else ""
    made = [f"<p>{text}</p>", f"<{tag}{href} onclick=\"answer('granted')\">{accept}</{tag}>"]
    if reject:
        made.append(f"<{tag}{href} onclick=\"answer('denied')\">{refuse}</{tag}>")
    if settings:
        made.append(f'<{tag}{href} onclick="more()">{more}</{tag}>')
    return "".join(made)


def bar(inner: str, *, style: str = STYLE) -> str:
    return f'<div id="box" style="{style}">{inner}</div>'


def second_layer(language: str = "en", *, ticked: bool = True) -> str:
    """A preferences dialog behind "settings", with switches that may be ticked in advance."""
    _, accept, _, _, save = WORDS[language]
    mark = "checked" if ticked else ""
    return f"""<script>
    function more() {{
      document.getElementById("box").innerHTML = `<h2>Cookies: marketing, analytics</h2><p>{WORDS[language][0]}</p>
        <label><input type=checkbox checked disabled> Strictly necessary</label>
        <label><input type=checkbox id=analytics {mark}> Analytics</label>
        <label><input type=checkbox id=ads {mark}> Marketing</label>
        <button onclick="keep()">{save}</button><button onclick="answer('granted')">{accept}</button>`;
    }}
    function keep() {{
      const on = ["analytics", "ads"].filter((id) => document.getElementById(id).checked);
      answer(encodeURIComponent(JSON.stringify({{necessary: true, analytics: on.includes("analytics"), ads: on.includes("ads")}})));
    }}
    </script>"""
