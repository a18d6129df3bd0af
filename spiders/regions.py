"""Which region of the page an element opens: header, navigation, footer, aside or the consent banner.

Semantic elements and ARIA roles say so themselves (HTML-AAM: a ``header`` or ``footer`` inside an article or ``main``
belongs to that and not to the page). Shops built of ``div`` say it by the words in their ids and classes, which are read with
caution: ``card-footer`` is no page footer, and ``has-sticky-header`` on a wrapper no header.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

SECTIONS = frozenset({"main", "article", "aside", "nav", "section"})
CONTAINERS = frozenset(
    {"div", "section", "aside", "form", "dialog", "table", "ul", "header", "footer", "nav", "center"}
)

_ROLES = {"banner": "header", "navigation": "nav", "menubar": "nav", "contentinfo": "footer", "complementary": "aside"}
_TAGS = {"header": "header", "nav": "nav", "footer": "footer", "aside": "aside"}
_OF_A_PART = frozenset(
    "card modal panel dialog popup entry article post product products item box table widget drawer minicart cart "
    "accordion tab tabs form section block comment review list tooltip offcanvas message".split()
)
_MODIFIERS = frozenset(
    "has with sticky fixed no show hide hides is transparent before after without under below".split()
)
_HEADER = frozenset("header masthead topbar pageheader siteheader".split())
_FOOTER = frozenset("footer colophon footerbar pagefooter sitefooter foot subfooter".split())
_NAV = frozenset("nav navbar navigation menu breadcrumb breadcrumbs mainmenu topnav sitenav".split())
_ASIDE = frozenset("sidebar".split())

_CONSENT = frozenset(
    "cookie cookies consent gdpr dsgvo ccpa rgpd cmp cookiebar cookiebanner cookieconsent cookienotice cookielaw "
    "cookiemessage cookiealert cookiepopup cookiemodal cookiefirst cookiehinweis cookiescript cookiebot "
    "cybotcookiebotdialog cmpbox cmpwrapper onetrust usercentrics didomi klaro cmplz iubenda tarteaucitron axeptio "
    "termly cookieyes borlabscookie truste qccmp osano".split()
)
_NO_BANNER = frozenset(
    "policy declaration table page content article richtlinie link links list details newsletter subscribe signup "
    "register checkout contact comment field checkbox terms".split()
)
_CONSENT_TEXT = re.compile(
    r"cookie|consent|einwillig|consentement|consentimiento|traceurs|쿠키|クッキー|隐私|个人信息", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CONTROLS = (
    "button, [role=button], input[type=button], input[type=submit], a:not([href]), a[href^='#'], a[href^='javascript'], "
    "a[class*=btn], a[class*=button], a[onclick]"
)
_NOT_IN_BANNER = "main, [role=main], footer, h1, input[type=email], input[type=text], input[type=password]"


@lru_cache(maxsize=16384)
def _words(name: str) -> tuple[str, ...]:
    """The words of a class or id: ``siteFooter__inner`` -> site, footer, inner."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=16384)
def named_region(names: str) -> str:
    """The region that ids and classes suggest ("" = none); ``names`` are separated by white space."""
    found = {_named(_words(name)) for name in names.split()}
    return next((region for region in ("banner", "footer", "header", "aside", "nav") if region in found), "")


def _named(words: tuple[str, ...]) -> str:
    if not words:
        return ""
    if "".join(words) in _CONSENT or (_CONSENT.intersection(words) and not _NO_BANNER.intersection(words)):
        return "banner"
    if len(words) > 3 or _OF_A_PART.intersection(words) or words[0] in _MODIFIERS:
        return ""
    ends = {words[0], words[-1], "".join(words)}
    for region, known in (("footer", _FOOTER), ("header", _HEADER), ("aside", _ASIDE), ("nav", _NAV)):
        if ends & known:
            return region
    return ""


def region_of(node: LexborNode, tag: str, attributes: dict[str, str | None], inside: str, scoped: bool) -> str:
    """The region that this element opens, or "" when it stays in the one it is in.

    ``inside`` is the region it is in; ``scoped`` says that it is within ``main``, an article or the like, whose headers and
    footers are not the page's. The consent banner wins over everything and a footer keeps what is in it.
    """
    if inside == "banner":
        return ""
    role = attributes.get("role") or ""
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip()
    named = named_region(names) if names and tag in CONTAINERS else ""
    if (named == "banner" or role in ("dialog", "alertdialog") or tag == "dialog") and _is_banner(node, named):
        return "banner"
    if inside == "footer":
        return ""
    region = _ROLES.get(role) or _TAGS.get(tag) or ("" if named == "banner" else named)
    if region in ("header", "footer") and (scoped or inside == "header"):
        return ""
    if region and tag not in _TAGS and role not in _ROLES and _wraps_the_page(node, region):
        return ""
    return region if region != inside else ""


def _is_banner(node: LexborNode, named: str) -> bool:
    """Consent markup by its words needs a control in it; any other dialog has to speak of consent, too."""
    if node.css_first(_CONTROLS) is None or node.css_first(_NOT_IN_BANNER) is not None:
        return False
    return named == "banner" or _CONSENT_TEXT.search(node.text(separator=" ")) is not None


def _wraps_the_page(node: LexborNode, region: str) -> bool:
    other = {"footer": "header", "header": "footer"}.get(region, "header, footer")
    return node.css_first(f"main, [role=main], {other}") is not None
