"""Which region of the page an element opens: header, navigation, footer, aside or the consent banner.

Semantic elements and ARIA roles say so themselves (HTML-AAM: a ``header`` or ``footer`` inside an article or ``main``
belongs to that and not to the page). Shops built of ``div`` say it by the words in their ids and classes, which are read with
caution: ``card-footer`` is no page footer, and ``has-sticky-header`` on a wrapper no header.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from auditor.spiders.lexicon import words

SECTIONS = frozenset({"main", "article", "aside", "nav", "section"})
CONTAINERS = words("regions", "containers")

_ROLES = {"banner": "header", "navigation": "nav", "menubar": "nav", "contentinfo": "footer", "complementary": "aside"}
_TAGS = {"header": "header", "nav": "nav", "footer": "footer", "aside": "aside"}
_NAMED = {region: words("regions", region) for region in ("footer", "header", "aside", "nav")}
_PARTS, _MODIFIERS = words("regions", "parts"), words("regions", "modifiers")
_CONSENT, _NO_BANNER = words("regions", "consent"), words("regions", "no_banner")
_CONSENT_TEXT = re.compile(
    r"cookie|consent|einwillig|consentement|consentimiento|traceurs|쿠키|クッキー|隐私|个人信息", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CONTROLS = (
    "button, [role=button], input[type=button], input[type=submit], a:not([href]), a[href^='#'], a[href^='javascript'], "
    "a[class*=btn], a[class*=button], a[onclick]"
)
_NOT_IN_BANNER = "main, [role=main], h1, input[type=email], input[type=text], input[type=password]"
MAX_BANNER_LINKS = 30  # with more it is something around the page


@lru_cache(maxsize=16384)
def _split(name: str) -> tuple[str, ...]:
    """The words of a class or id: ``siteFooter__inner`` -> site, footer, inner."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=16384)
def named_region(names: str) -> str:
    """The region that ids and classes suggest ("" = none); ``names`` are separated by white space."""
    found = {_named(_split(name)) for name in names.split()}
    return next((region for region in ("banner", "footer", "header", "aside", "nav") if region in found), "")


def _named(parts: tuple[str, ...]) -> str:
    if not parts:
        return ""
    if "".join(parts) in _CONSENT or (_CONSENT.intersection(parts) and not _NO_BANNER.intersection(parts)):
        return "banner"
    if len(parts) > 3 or _PARTS.intersection(parts) or parts[0] in _MODIFIERS:
        return ""
    ends = {parts[0], parts[-1], "".join(parts)}
    return next((region for region, known in _NAMED.items() if ends & known), "")


def suspicion(tag: str, attributes: dict[str, str | None]) -> str:
    """The region that an element's tag, role or names make one think of; "dialog" for what may be a banner; "" = none."""
    role = attributes.get("role") or ""
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}" if tag in CONTAINERS else ""
    named = named_region(names) if len(names) > 1 else ""
    if named == "banner":
        return named
    if tag == "dialog" or role in ("dialog", "alertdialog"):
        return "dialog"
    return _ROLES.get(role) or _TAGS.get(tag) or named


def region_of(node: LexborNode, suspected: str, inside: str, scoped: bool) -> str:
    """The region that an element opens of which something is ``suspected``; "" when it stays in the one it is in.

    ``inside`` is the region it is in; ``scoped`` says that it is within ``main``, an article or the like, whose headers and
    footers are not the page's. The consent banner wins over everything and a footer keeps what is in it.
    """
    if inside == "banner":
        return ""
    if suspected in ("banner", "dialog") and _is_banner(node, suspected):
        return "banner"
    region = _TAGS.get(node.tag, "") if suspected in ("banner", "dialog") else suspected
    if (
        not region
        or inside in ("footer", region)
        or (region in ("header", "footer") and (scoped or inside == "header"))
    ):
        return ""
    said = node.tag in _TAGS or (node.attributes.get("role") or "") in _ROLES
    return region if said or not _wraps_the_page(node, region) else ""


def _is_banner(node: LexborNode, suspected: str) -> bool:
    """Consent markup by its words needs a control in it; any other dialog has to speak of consent, too."""
    if node.css_first(_CONTROLS) is None or node.css_first(_NOT_IN_BANNER) is not None:
        return False
    if len(node.css("a[href]")) > MAX_BANNER_LINKS:
        return False
    return suspected == "banner" or _CONSENT_TEXT.search(node.text(separator=" ")) is not None


def _wraps_the_page(node: LexborNode, region: str) -> bool:
    other = {"footer": "header", "header": "footer"}.get(region, "header, footer")
    return node.css_first(f"main, [role=main], {other}") is not None
