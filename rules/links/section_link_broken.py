from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from auditor.document import Document, Span
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.link_target_empty import BUTTONS, HANDLERS, OPENERS, OPENING_WORDS
from auditor.rules.links.substance import count_words
from auditor.urls import normalised

TOP = frozenset({"top", "", "!", "start", "home"})  # browsers and scripts scroll up
_SECTION = re.compile(r"[\w.:%-]{1,120}", re.UNICODE)
# Sections that scripts of consent tools and of statistics react to
_TOOLS = re.compile(
    r"opt-?_?(?:out|in)|cookie|cmp|manager|gdpr|dsgvo|rgpd|tarteaucitron|klaro|borlabs|ccm|usercentrics|sp_choices|iubenda|matomo|analytics|"
    r"disable|deaktiv|widerruf|einstellung|reglages|ajustes|choices|revoke|renew|reset",
    re.IGNORECASE,
)
_SHELL = 40  # words of a text below which scripts may write the rest


@text_rule(
    severity="notice",
    articles=INTELLIGIBLE,
)
def section_link_broken(page: LegalPage) -> Iterator[Passage]:
    """A link inside a legal text leads to a section that is not on the page.

    Why: A table of contents that does nothing, or a reference to a section that was taken out, leaves the visitor alone with
    a long text.

    Fix: Give the section the id that the link names, or take the link out.
    """
    document = page.document
    assert document is not None
    if document.client_templates or count_words(document.main_text) < _SHELL:
        return
    links = [
        (span, section) for span in document.spans if span.kind == "link" and (section := _section(document, span))
    ]
    if page.page.url == "text" and not any(_exists(document, section) for _, section in links):
        return  # a piece of a page, whose sections may be elsewhere
    for span, section in links:
        text = document.text[span.start : span.end].strip("\ufffc ")
        if not text or document.block_at(span.start).part == "frame":
            continue
        if not _exists(document, section) and not _does_more(span, text):
            yield Passage(
                start=span.start,
                end=span.end,
                slot="link",
                anchor=text,
                message=f"The link leads to the section “{section}”, which the page does not have",
                confidence="high" if page.rendered else "medium",
            )


def _section(document: Document, span: Span) -> str:
    """The section of this very page that a link names; "" when it names none."""
    address, mark, section = (span.target or "").strip().partition("#")
    if not mark or section.lower() in TOP or section.startswith(("/", "!", ":~:")):
        return ""
    here = not address or (document.url and normalised(address) == normalised(urldefrag(document.url).url))
    return unquote(section) if here and _SECTION.fullmatch(unquote(section)) else ""


def _exists(document: Document, section: str) -> bool:
    """Case is not looked at: scripts that scroll do not always do either."""
    wanted = section.lower()
    return any(anchor.lower() == wanted or unquote(anchor).lower() == wanted for anchor in document.anchors)


def _does_more(span: Span, text: str) -> bool:
    """Whether a click may do something else: open a tab, a window or the consent tool's settings."""
    attributes = span.attributes
    names = " ".join(f"{key} {value}" for key, value in attributes.items() if key != "href")
    if (
        attributes.get("role") in BUTTONS
        or HANDLERS.intersection(attributes)
        or any(k.startswith("data-") for k in attributes)
    ):
        return True
    named = f"{names} {span.target}"
    return bool(OPENERS.search(named) or _TOOLS.search(named) or OPENING_WORDS.search(text))
