"""The rule ``link-target-empty``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import Document, Span
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import ACCESSIBLE

MESSAGES = {
    "none": "A link in the text has no target",
    "e-mail": "A link is meant to open an e-mail and names no address",
    "phone": "A link is meant to dial and names no number",
    "script": "A link leads to a script that does nothing",
    "url": "A link's target is no address",
    "mark": "A link's target is a template's mark or a placeholder",
}
NOTHING = re.compile(r"javascript:\s*(?:void\s*\(?\s*(?:0|null)?\s*\)?|undefined|null|false)?[\s;]*", re.IGNORECASE)
MARK = re.compile(
    r"\{\{|\{%|<%|\$\{|\{\$|%7B%7B|(?<![\w%])%[A-Z][A-Z_]{2,}%|__[A-Z_]{3,}__"
    r"|^(?:https?://)?(?:[\w.-]*/)*(?:\[|%5B)[\w %-]+(?:\]|%5D)"
    r"|^(?:https?://)?(?:URL|LINK|INSERT[_-]?(?:URL|LINK)(?:[_-]HERE)?|YOUR[_-]?(?:URL|LINK|DOMAIN)|xxx+)/?$",
    re.IGNORECASE,
)
# Names of classes, ids and attributes that say: a click does something here
OPENERS = re.compile(
    r"toggle|accordion|collapse|\btab\b|tab-|-tab|modal|popup|dialog|open|trigger|\bjs-|drawer|dropdown|cookie-?(?:set|pref|cons)|consent|"
    r"cmp-|cky|ot-sdk|didomi|usercentrics|uc-|optanon|print|scroll|to-top|share|lightbox|fancybox|show-|settings|preferences",
    re.IGNORECASE,
)
OPENING_WORDS = re.compile(
    r"(?:cookie|consent|privacy|tracking)[\s-]*(?:settings?|preferences?|choices?)|einstellungen|präferenzen|paramètres|préférences|"
    r"gérer|configura\w*|preferenc\w*|impostazion\w*|설정|设置|設定|opt[- ]?out|widersprechen|deaktivieren|désactiver|desactivar|"
    r"disattiva\w*|print|drucken|imprimer|imprimir|stampa|인쇄|打印|印刷|\btop\b|nach oben|haut de page|arriba|torna su|맨 ?위|返回顶部|"
    r"トップ|\bskip\b|\bclose\b|schließen|fermer|cerrar|chiudi|닫기|关闭|閉じる|\bshow\b|read more|anzeigen|mehr lesen|afficher|"
    r"mostrar|mostra|보기|展开|表示",
    re.IGNORECASE,
)
BUTTONS = ("button", "tab", "menuitem", "switch")
HANDLERS = frozenset(
    ["onclick", "aria-expanded", "aria-controls", "aria-haspopup", "@click", "v-on:click", "ng-click", "x-on:click"]
)


@text_rule(
    severity="warning",
    articles=ACCESSIBLE,
)
def link_target_empty(page: LegalPage) -> Iterator[Passage]:
    """A link inside a legal text leads nowhere.

    Why: the visitor is sent to a document, an address or a form, and nothing happens.

    Fix: give the link its target, or write the sentence without it.
    """
    document = page.document
    assert document is not None
    for span in document.spans:
        if span.kind != "link" or not document.text[span.start : span.end].strip("\ufffc "):
            continue
        fault, text = _fault(span), document.text[span.start : span.end]
        if not fault or not _in_running_text(document, span) or (fault == "mark" and MARK.search(text)):
            continue  # a mark that stands in the text as well is told by the rule for marks
        scripted = fault in ("none", "script")
        if scripted and (_is_control(span) or OPENING_WORDS.search(text)):
            continue
        unsure = ""
        if scripted and _may_have_handler(span):
            unsure = f"“{text[:80]}” has no target, and a script may react to a click on it: try it in a browser"
        yield Passage(start=span.start, end=span.end, slot="link", anchor=text, message=MESSAGES[fault], unsure=unsure)


def _fault(span: Span) -> str:
    """What is wrong with a link's target; "" when nothing is."""
    target = (span.target or "").strip()
    if target in ("", "#", "#!", "/#", "about:blank"):
        return "none"
    scheme, colon, rest = target.partition(":")
    if colon and scheme.lower() == "mailto":
        return "" if rest.partition("?")[0].strip() or "to=" in rest else "e-mail"
    if colon and scheme.lower() in ("tel", "sms", "callto"):
        return "" if re.search(r"[\d{%\[]", rest) else "phone"
    if colon and scheme.lower() == "javascript":
        return "script" if NOTHING.fullmatch(target) else ""
    if target.rstrip("/").lower() in ("http:", "https:", "http", "https", "www.", "www"):
        return "url"
    return "mark" if MARK.search(target) else ""


def _is_control(span: Span) -> bool:
    """Whether a link is marked up as something to press: it opens, folds or switches, and needs no target."""
    attributes = span.attributes
    if str(attributes.get("role") or "").lower() in BUTTONS or not HANDLERS.isdisjoint(attributes):
        return True
    named = [str(attributes.get("id") or ""), *(attributes.get("class") or []), *attributes]
    return OPENERS.search(" ".join(named)) is not None


def _may_have_handler(span: Span) -> bool:
    """Whether a script could find a link to attach its handler: by an id, by data, or by the script that it names."""
    named = "id" in span.attributes or any(name.startswith("data-") for name in span.attributes)
    return named or ((span.target or "").lower().startswith("javascript") and "class" in span.attributes)


def _in_running_text(document: Document, span: Span) -> bool:
    """Whether a link belongs to the legal text, and not to a menu, a list of contents or a teaser beside it."""
    block = document.block_at(span.start)
    if block.part == "frame":
        return False
    around = (block.end - block.start) - (span.end - span.start)
    return block.part == "main" or around >= 40
