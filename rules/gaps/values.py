"""Whether a value stands at a place: as text, behind a link, as a picture, in a form, or in the blocks that follow.

The functions answer None when it does, "" when it does not, and a sentence when nobody can tell from here.
"""

from __future__ import annotations

import re
from functools import cache

from auditor.document import OBJECT, Block, Document
from auditor.legal import LegalPage
from auditor.rules.gaps.gaps import lexicon
from auditor.rules.gaps.openers import Language

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|＠|\(at\)|\[at\]|\(ät\)|\{at\}|\sat\s)\s?[\w-]+", re.IGNORECASE)
PHONE = re.compile(r"\d(?:[\s()/.–-]*\d){4,}")
URL = re.compile(r"https?://\w|www\.\w|\b[\w-]{2,}\.(?:[a-z]{2,6})\b", re.IGNORECASE)
NUMBERING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)、．]\s*\D|\d{1,2}(?:\.\d{1,2})+\s|§\s?\d|art(?:\.|icle|ikel|ículo|icolo)\s?\d|section\s\d|[ivx]{1,5}[.)]\s"
    r"|第\s?[一二三四五六七八九十\d]+\s?[条條章节節]|제\s?\d+\s?[조장]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十][）)]|[①-⑳■▶◆●※\*])",
    re.IGNORECASE,
)
FORM = 20  # blocks that a form to fill in may have
SHORT = 90  # characters of a block that is a value rather than a paragraph which mentions one
BEGINNING = 40  # characters at a paragraph's beginning in which the value of the phrase above may stand
SENTENCE = 10  # words of a line with a full stop that make it a sentence and no name
ANY_LABEL = re.compile(r"[^\s:：][^:：.。]{0,24}\s?[:：]\s?\S")
LOOK_AHEAD = 4  # blocks after a colon in which a value may stand
CONTINUES = re.compile(r"[\w(\"“«„「『（<&/]")


def value_at(page: LegalPage, document: Document, slot: str, start: int, end: int) -> str | None:
    """Whether something that is no text gives the value at a place: None when it does, else "" or why nobody can tell."""
    unsure = ""
    for span in document.spans_in(max(start - 1, 0), end):
        target = (span.target or "").strip()
        if span.kind == "email" or (span.kind == "link" and _leads_somewhere(target) and span.end >= start - 1):
            return None
        if span.kind == "control":
            return None
        if span.kind == "image" and span.end > start - 1:
            if PHONE.search(span.text) or EMAIL.search(span.text):
                return None
            unsure = "a picture stands where a value should: look whether it shows one"
        if span.kind == "blank" and not page.rendered:
            unsure = "an empty element stands where a value should, and a script may fill it: look in a browser"
    return unsure


def _leads_somewhere(target: str) -> bool:
    """Whether a link's target is an address, a number or a page."""
    scheme, colon, rest = target.partition(":")
    if scheme.lower() in ("mailto", "tel", "sms", "javascript") and colon:
        return bool(rest.strip(" ?#/")) and not re.match(r"void|;|\s*$", rest)
    return bool(target.strip("#/ ")) and target.lower() not in ("http://", "https://")


def value_after(document: Document, block: Block, slot: str, colon: bool) -> str | None:
    """Whether the value stands in the blocks below a phrase that ends with its block: None when it does, else as above."""
    following = document.after(block, LOOK_AHEAD if colon else 2)
    if not following:
        return ""
    first = following[0]
    if not colon and first.continued and CONTINUES.match(document.of(first)):
        return None
    for other in following:
        if _holds(document, other, slot):
            return None
        if _is_heading(document, other):
            break
    if _is_heading(document, first) or (slot in ("e-mail", "phone") and ANY_LABEL.match(document.of(first))):
        return ""
    if slot in ("e-mail", "phone", "contact") and _is_sentence(document.of(first)) and not first.continued:
        return "" if first.kind != "item" else None
    return _only_picture(document, first)


def _is_sentence(text: str) -> bool:
    return text[-1:] == "。" or (text[-1:] in (".", "!", "?") and len(text) > SHORT // 2)


def _holds(document: Document, block: Block, slot: str) -> bool:
    """Whether a block holds a value of the slot's kind, or a link or a control in its place.

    A paragraph that mentions one further on holds none: it is about something else.
    """
    text = document.of(block)
    end = (
        block.end if len(text) < SHORT or block.continued or block.kind in ("item", "cell") else block.start + BEGINNING
    )
    if next(document.spans_in(block.start, end, "email", "control"), None):
        return True
    links = [span for span in document.spans_in(block.start, end, "link") if _leads_somewhere(span.target or "")]
    text = document.text[block.start : end]
    if slot == "e-mail":
        return bool(links or EMAIL.search(text))
    if slot == "phone":
        return bool(PHONE.search(text)) or any((span.target or "").startswith("tel:") for span in links)
    if slot in ("contact", "address"):
        return bool(links or EMAIL.search(text) or PHONE.search(text))
    return slot == "url" and bool(links or URL.search(text))


def _only_picture(document: Document, block: Block) -> str | None:
    if document.of(block).replace(OBJECT, "").strip() or not document.of(block):
        return None
    if any(_leads_somewhere(span.target or "") for span in document.spans_in(block.start, block.end, "link")):
        return None
    image = next(document.spans_in(block.start, block.end, "image"), None)
    if image is None or PHONE.search(image.text) or EMAIL.search(image.text):
        return None
    return "a picture stands where a value should: look whether it shows one"


def is_bare_value(document: Document, block: Block, slot: str) -> bool:
    """Whether the next block is nothing but a value, as when an address stands on a line of its own after a full stop."""
    following = document.after(block)
    return bool(following) and _holds(document, following[0], slot) and len(document.of(following[0])) < 60


def _is_heading(document: Document, block: Block) -> bool:
    text = document.of(block)
    return block.kind == "heading" or (
        len(text) < 90 and text[-1:] not in ".。;；" and bool(NUMBERING.match(text)) and block.kind != "item"
    )


# --- labels and forms -------------------------------------------------------------------------------------------


def value_below(document: Document, block: Block, slot: str, known: Language) -> str | None:
    """Whether a value stands in the block after a label: None when it does, else "" or why nobody can tell.

    Labels may stand together with their values below them, in the same order.
    """
    following = document.after(block, 12)
    run = 0
    while (
        run < len(following)
        and following[run].kind != "heading"
        and known.labels.whole.fullmatch(document.of(following[run]))
    ):
        run += 1
    if (
        run
        and len(following) > 2 * run
        and not any(_is_heading(document, other) for other in following[run : 2 * run + 1])
    ):
        return None
    if run or not following:
        return ""
    first, text = following[0], document.of(following[0])
    if known.any_label.match(text):
        return ""
    if first.continued and _holds(document, first, slot):
        return None
    if _is_heading(document, first) or not text or (not first.continued and _is_prose(text, slot)):
        return ""
    return _only_picture(document, first)


def _is_prose(text: str, slot: str) -> bool:
    """Whether a block is a sentence or a labelled line of its own rather than the value of the label above it."""
    if re.search(r"[。!?！？;；]|[^\W\d_]{3,}\. |다\.$", text) or len(text) > SHORT * 2:
        return True
    if slot == "date":
        return not re.search(r"\d|[一二三四五六七八九十]{2}", text[:BEGINNING])
    if slot in ("e-mail", "phone", "contact"):
        value = EMAIL.match(text) or PHONE.match(text)
        return bool(ANY_LABEL.match(text)) or (text[-1] == "." and len(text) > 12 and not value)
    return text[-1] == "." and len(text.split()) > SENTENCE


@cache
def _form_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("forms")
    titles = re.compile("|".join(data["titles"]), re.IGNORECASE)
    return titles, re.compile("|".join(data["fields"]), re.IGNORECASE)


def is_blank_form(document: Document, block: Block) -> bool:
    """Whether a block belongs to a form to print and fill in, such as the model withdrawal form.

    Such a form goes from one heading to the next and has a title, or fields that only such forms have.
    """
    titles, fields = _form_words()
    around = [block]
    for other in reversed(document.blocks[max(block.number - FORM, 0) : block.number]):
        around.append(other)
        if _is_title(document, other):
            break
    for other in document.blocks[block.number + 1 : block.number + FORM]:
        if _is_title(document, other):
            break
        around.append(other)
    texts = [document.of(other) for other in around]
    return any(len(text) < 160 and titles.search(text) for text in texts) or any(
        len(text) < 90 and fields.match(text) for text in texts
    )


def _is_title(document: Document, block: Block) -> bool:
    return _is_heading(document, block) or (block.bold and document.of(block)[-1:] not in ":：")
