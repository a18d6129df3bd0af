"""Drawings, as SVG: every picture in the shop is made here, so nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

_SHAPES = {
    "notebook": """
<rect x="86" y="44" width="132" height="172" rx="7" fill="$dark"/>
<rect x="86" y="44" width="20" height="172" rx="7" fill="#0002"/>
<path d="M162 178c0-40-14-62-30-76M162 178c0-44 12-66 26-84M162 178V92" stroke="$light" stroke-width="3" fill="none"/>
<g fill="$light"><circle cx="132" cy="100" r="8"/><circle cx="162" cy="88" r="9"/><circle cx="188" cy="94" r="8"/>
<circle cx="146" cy="118" r="6"/><circle cx="178" cy="116" r="6"/></g>
<path d="M196 216v18l7-6 7 6v-18" fill="#c8a24a"/>""",
    "planner": """
<path d="M60 66h88v140H60z" fill="#fff"/><path d="M152 66h88v140h-88z" fill="#fff"/>
<path d="M148 62h4v148h-4z" fill="$dark"/>
<path d="M54 60h98v6H60v140h88v6H54zM246 60h-94v6h88v140h-88v6h94z" fill="$dark"/>
<g stroke="$dark" stroke-opacity=".35" stroke-width="2">
<path d="M70 88h66M70 108h66M70 128h66M70 148h66M70 168h66M70 188h66"/>
<path d="M164 88h66M164 108h66M164 128h66M164 148h66M164 168h66M164 188h66"/></g>""",
    "pen": """
<g transform="rotate(-38 150 130)">
<rect x="52" y="118" width="132" height="24" rx="11" fill="$dark"/>
<rect x="150" y="116" width="10" height="28" fill="#c8a24a"/>
<path d="M184 120h26l34 10-34 10h-26z" fill="#d7d3c8"/><path d="M214 130h30" stroke="#555" stroke-width="1.5"/>
<rect x="62" y="122" width="70" height="4" rx="2" fill="#fff5"/></g>
<path d="M52 222c30-16 44 10 72-4s40 8 66-2" stroke="$dark" stroke-width="4" fill="none" stroke-linecap="round"/>""",
    "ink": """
<rect x="128" y="48" width="44" height="34" rx="4" fill="#b58a5a"/>
<path d="M120 82h60l22 32v90a10 10 0 0 1-10 10h-84a10 10 0 0 1-10-10v-90z" fill="#ffffffb0"/>
<path d="M98 136h104v68a10 10 0 0 1-10 10h-84a10 10 0 0 1-10-10z" fill="$dark"/>
<rect x="112" y="150" width="76" height="42" rx="3" fill="#fbf7ec"/>
<path d="M122 164h56M122 176h38" stroke="$dark" stroke-width="3"/>""",
    "card": """
<rect x="58" y="84" width="140" height="100" rx="3" fill="#fff" transform="rotate(-7 128 134)"/>
<rect x="100" y="72" width="140" height="104" rx="3" fill="#fffdf7" stroke="$dark" stroke-opacity=".25"/>
<path d="M170 158V96M170 130c-18-2-26-14-28-26 18 0 26 12 28 26zM170 142c18-2 26-14 28-26-18 0-26 12-28 26z"
 fill="$dark" stroke="$dark" stroke-width="2"/>""",
    "envelope": """
<rect x="62" y="78" width="176" height="114" rx="4" fill="#fff"/>
<path d="M62 80l88 66 88-66z" fill="$dark"/><path d="M62 192l66-62M238 192l-66-62" stroke="$dark" stroke-opacity=".3" stroke-width="2"/>
<rect x="204" y="152" width="24" height="28" fill="none" stroke="$dark" stroke-dasharray="3 2" stroke-width="2"/>""",
    "box": """
<path d="M70 112l80-30 80 30v80l-80 30-80-30z" fill="$dark"/><path d="M70 112l80 30 80-30-80-30z" fill="#fff8"/>
<path d="M150 142v80" stroke="#0003" stroke-width="3"/>
<path d="M110 97l80 30v36l-14-6-14 10v-34" fill="#c8a24a"/>""",
    "tray": """
<path d="M56 150l40-46h108l40 46z" fill="#fff"/><path d="M76 140l28-30h92l28 30z" fill="#f2efe6"/>
<path d="M52 150h196v26a6 6 0 0 1-6 6H58a6 6 0 0 1-6-6z" fill="$dark"/>
<path d="M60 162c40-6 70 6 110 0s50 2 70 0" stroke="#0002" stroke-width="3" fill="none"/>""",
    "lamp": """
<ellipse cx="130" cy="214" rx="52" ry="9" fill="$dark"/><path d="M130 210L110 128l66-52" stroke="$dark" stroke-width="8" fill="none"/>
<circle cx="110" cy="128" r="8" fill="#c8a24a"/>
<path d="M160 92l44-36 36 44c-22 22-62 18-80-8z" fill="$dark"/><path d="M206 122l-26 92h90z" fill="#ffe9a866"/>""",
    "clip": """
<g fill="none" stroke="$dark" stroke-width="8" stroke-linecap="round">
<path d="M104 176V90a20 20 0 0 1 40 0v94a12 12 0 0 1-24 0v-76"/>
<path d="M164 190v-86a20 20 0 0 1 40 0v94a12 12 0 0 1-24 0v-76" transform="rotate(18 184 150)"/></g>""",
}
_PAYMENTS = {
    "card": '<path d="M6 10h32" stroke="#27406b" stroke-width="5"/><path d="M8 20h12" stroke="#8a8f98" stroke-width="3"/>',
    "transfer": '<path d="M8 11h24l-5-5M36 18H12l5 5" fill="none" stroke="#3f6b52" stroke-width="2.5"/>',
    "gift": '<path d="M10 13h24v10H10zM22 7v16M10 13c4-8 10-6 12 0 2-6 8-8 12 0" fill="none" stroke="#a5553d" stroke-width="2"/>',
}
_SCENES = {
    "saltmarsh": ("notebook", "#5f7f67", "#dfe8d8"),
    "parcel": ("box", "#9a7f55", "#f2e8d6"),
    "sewing": ("planner", "#33507a", "#dbe3ef"),
}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#24413a"/>'
    '<path d="M9 24V8h8a5 5 0 0 1 0 10h-5" fill="none" stroke="#f4efe3" stroke-width="3"/></svg>'
)


def drawing(shape: str, ink: Sequence[str], title: str = "") -> str:
    """An inline SVG, 300 by 260 units, in a dark and a light colour; ``title`` is HTML, empty for decoration."""
    role = f'role="img" aria-label="{title}"' if title else 'aria-hidden="true"'
    return (
        f'<svg viewBox="0 0 300 260" {role} xmlns="http://www.w3.org/2000/svg">'
        f'<rect width="300" height="260" fill="{ink[1]}"/>{_shape(shape, ink)}</svg>'
    )


def scene(name: str) -> str | None:
    """A large picture of the content delivery host, or None."""
    if name not in _SCENES:
        return None
    shape, dark, light = _SCENES[name]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 400">'
        f'<rect width="560" height="400" fill="{light}"/><circle cx="430" cy="90" r="150" fill="#fff6"/>'
        f'<circle cx="90" cy="360" r="170" fill="#fff5"/><g transform="translate(100 50) scale(1.25)">'
        f"{_shape(shape, (dark, light))}</g></svg>"
    )


def payment(name: str) -> str | None:
    """A payment mark of the content delivery host, or None."""
    if name not in _PAYMENTS:
        return None
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 28">'
        f'<rect x=".5" y=".5" width="43" height="27" rx="4" fill="#fff" stroke="#cfcabd"/>{_PAYMENTS[name]}</svg>'
    )


def written(text: str) -> str:
    """A line of text as a picture: how some shops hide an e-mail address from collectors."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 264 20">'
        f'<text x="0" y="15" font-family="Georgia, serif" font-size="16" fill="#24413a">{text}</text></svg>'
    )


def _shape(shape: str, ink: Sequence[str]) -> str:
    return Template(_SHAPES[shape]).substitute(dark=ink[0], light=ink[1])
