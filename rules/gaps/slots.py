"""Slots: labels and phrases that call for a value, and whether the value follows.

The lexicons beside this module say, by language, what calls for a value (``find``) and what cannot be the beginning of one. A value may
follow in the same sentence, behind a link, as a protected address, as a picture (then nobody can tell), in a form, or in the next block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from auditor.document import OBJECT, Block, Document
from auditor.legal import LegalPage
from auditor.model import record
from auditor.rules.gaps.gaps import LANGUAGES, Gap, in_text, lexicon, matches

MISSING = {
    "contact": "an address or a number",
    "e-mail": "an e-mail address",
    "phone": "a phone number",
    "address": "a postal address",
    "name": "a name",
    "number": "a number",
    "url": "a web address",
    "authority": "the name of an authority",
}
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|＠|\(at\)|\[at\]|\(ät\)|\{at\}|\sat\s)\s?[\w-]+", re.IGNORECASE)
PHONE = re.compile(r"\d(?:[\s()/.–-]*\d){4,}")
URL = re.compile(r"https?://\w|www\.\w|\b[\w-]{2,}\.(?:[a-z]{2,6})\b", re.IGNORECASE)
COLONS = (":", "：")
NUMBERING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)、．]\s*\D|\d{1,2}(?:\.\d{1,2})+\s|§\s?\d|art(?:\.|icle|ikel|ículo|icolo)\s?\d|section\s\d|[ivx]{1,5}[.)]\s"
    r"|第\s?[一二三四五六七八九十\d]+\s?[条條章节節]|제\s?\d+\s?[조장]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十][）)]|[①-⑳■▶◆●※\*])",
    re.IGNORECASE,
)
FORM = 20  # blocks that a form to fill in may have
SHORT = 90  # characters of a block that is a value rather than a paragraph which mentions one
BEGINNING = 40  # characters at a paragraph's beginning in which the value of the phrase above may stand
ANY_LABEL = re.compile(r"[^\s:：][^:：.。]{0,24}\s?[:：]\s?\S")
LOOK_AHEAD = 4  # blocks after a colon in which a value may stand
QUOTED_AFTER = 30  # characters quoted behind a gap that words give away
CONTINUES = re.compile(r"[\w(\"“«„「『（<&/]")


@record
class Opener:
    """What calls for a value: ``pattern`` ends where the value should begin, its group ``gap`` is what stands there instead."""

    slot: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@record
class Labels:
    pattern: re.Pattern[str]  # a label with its colon
    whole: re.Pattern[str]  # a block that is nothing but a label
    slots: dict[str, str]  # by folded label


@record
class Language:
    openers: tuple[Opener, ...]
    near: re.Pattern[str] | None  # what stands at every gap behind an opener; None when the openers are few and quick
    common: tuple[Opener, ...]  # openers that need no words
    labels: Labels
    any_label: re.Pattern[str]  # a label of any family with its colon, at the beginning of a block
    relative: re.Pattern[str] | None


def gaps(page: LegalPage, family: str) -> Iterator[Gap]:
    """Slots of a family (``contact`` or ``name``) that hold no value on a page."""
    document = page.document
    assert document is not None
    seen: list[Gap] = []
    for language in languages_of(page):
        known = _language(language, family)
        seen += (
            *_at_openers(page, document, known),
            *_at_labels(page, document, known),
            *_at_empty_cells(document, known),
        )
    end = -1
    for gap in sorted(seen, key=lambda gap: (gap.start, -gap.end)):
        if gap.start >= end:
            yield gap
            end = gap.end


def languages_of(page: LegalPage) -> tuple[str, ...]:
    """The lexicons for a page: its language's and the English one; all of them when the text is too short to tell."""
    if page.language not in LANGUAGES:
        return LANGUAGES
    return tuple(dict.fromkeys((page.language, "en")))


# --- openers ----------------------------------------------------------------------------------------------------


def _at_openers(page: LegalPage, document: Document, known: Language) -> Iterator[Gap]:
    for opener, match in _opened(document, known):
        if not in_text(document, match.start()):
            continue
        clause = document.text[_clause_start(document, match.start()) : match.end()]
        if opener.unless and opener.unless.search(clause + match.group("gap")):
            continue
        if known.relative and match.group("gap").strip()[:1] in (".", ",", "!", "?", ";") and known.relative.search(clause):
            continue
        gap = _judge(page, document, opener.slot, match)
        if gap is not None:
            yield gap


def _opened(document: Document, known: Language) -> Iterator[tuple[Opener, re.Match[str]]]:
    """Where an opener stands before a gap. Looking for the gaps first makes it quick."""
    text = document.text
    for opener in known.common:
        yield from ((opener, match) for match in opener.pattern.finditer(text))
    if known.near is None:
        stretches = [(0, len(text))]
    else:
        blocks = {document.block_at(match.start()).number for match in known.near.finditer(text)}
        stretches = [(document.blocks[number].start, document.blocks[number].end) for number in sorted(blocks)]
    for start, end in stretches:
        for opener in known.openers:
            yield from ((opener, match) for match in opener.pattern.finditer(text, start, end))


def _clause_start(document: Document, position: int) -> int:
    start = document.block_at(position).start
    clause = re.search(r"[.;:!?。；！？][^.;:!?。；！？]*$", document.text[start:position])
    return start + clause.start() + 1 if clause else start


def _judge(page: LegalPage, document: Document, slot: str, match: re.Match[str]) -> Gap | None:
    """The gap at an opener, unless its value is there after all."""
    position, seen = match.end(), match.group("gap").strip()
    block = document.block_at(match.start())
    unsure = value_at(page, document, slot, position, min(max(position + 2, match.end("gap")), block.end))
    if unsure is None:
        return None
    ends_block = match.end("gap") >= block.end
    if not unsure and ends_block and seen[:1] in ("", ":", "：") and not _starts_with_gap(seen):
        unsure = value_after(document, block, slot, colon=bool(seen))
        if unsure is None:
            return None
    if not unsure and seen[:1] in (".", "。") and _is_bare_value(document, block, slot):
        return None
    end = _quote_end(document, match.end("gap"), block, seen)
    anchor = document.text[max(_clause_start(document, match.start()), block.start) : match.end()]
    return _gap(page, document, slot, match.start(), end, anchor, unsure)


def _starts_with_gap(seen: str) -> bool:
    return bool(re.match(r"[:：] ?[.,;)。，]", seen))


def _quote_end(document: Document, end: int, block: Block, seen: str) -> int:
    """Punctuation ends a quote; words that give the gap away, and a mere particle, are quoted with some of what follows."""
    if not seen or not (seen[-1].isalnum() or seen[0] in "(（" or seen == "は、"):
        return end
    rest = document.text[end : min(block.end, end + QUOTED_AFTER)]
    stop = re.search(r"[.,;:!?)。，；）]|$", rest)
    return end + (stop.end() if stop else 0)


def _gap(page: LegalPage, document: Document, slot: str, start: int, end: int, anchor: str, unsure: str) -> Gap:
    missing = MISSING[slot]
    where = " ".join(document.text[start:end].split())
    if unsure:
        return Gap(start=start, end=end, slot=slot, anchor=anchor, message="", unsure=f"“{where}”: {unsure}")
    return Gap(
        start=start,
        end=end,
        slot=slot,
        anchor=anchor or where,
        message=f"The text calls for {missing} here, and there is none",
        confidence="high" if page.rendered else "medium",
        fix=f"Put {missing} here.",
    )


# --- labels -----------------------------------------------------------------------------------------------------


def _at_labels(page: LegalPage, document: Document, known: Language) -> Iterator[Gap]:
    """Labels with a colon and nothing behind it: before a separator, before the next label, or at the end of the block."""
    labels = list(matches(document, known.labels.pattern, COLONS))
    for number, match in enumerate(labels):
        block = document.block_at(match.start("label"))
        following = labels[number + 1].start("label") if number + 1 < len(labels) else len(document.text)
        end = min(block.end, following)
        rest = document.text[match.end() : end]
        separator = re.match(r"\s*(?:[|/·•;，、]|,(?!\d))", rest)
        if rest.strip(" \u3000") and not separator:
            continue
        slot = known.labels.slots[_folded(match.group("label"))]
        end = match.end() + (separator.end() if separator else 0)
        unsure = value_at(page, document, slot, match.end(), end)
        if (
            not unsure
            and unsure is not None
            and not separator
            and match.end() >= block.end - len(rest)
            and following >= block.end
        ):
            unsure = _value_below(document, block, slot, known)
        if unsure is None or is_blank_form(document, block):
            continue
        yield _gap(page, document, slot, match.start("label"), end, match.group("label"), unsure)


def _value_below(document: Document, block: Block, slot: str, known: Language) -> str | None:
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
    if re.search(r"[。!?！？;；]|[^\W\d_]{3,}\. ", text) or len(text) > SHORT * 2:
        return True
    if slot in ("e-mail", "phone", "contact"):
        return bool(ANY_LABEL.match(text)) or (
            text[-1] == "." and len(text) > 12 and not (EMAIL.match(text) or PHONE.match(text))
        )
    return False


def _at_empty_cells(document: Document, known: Language) -> Iterator[Gap]:
    """Rows and definition lists with a label on the left and an empty cell on the right."""
    for left, right in zip(document.blocks, document.blocks[1:], strict=False):
        if (
            right.kind != "cell"
            or right.end > right.start
            or right.part == "frame"
            or left.kind not in ("cell", "term")
        ):
            continue
        label = known.labels.whole.fullmatch(document.of(left))
        if left.row != right.row or label is None:
            continue
        cells = {
            block.trail
            for block in document.blocks[max(left.number - 5, 0) : right.number + 5]
            if block.row == left.row
        }
        if (left.row and len(cells) != 2) or is_blank_form(document, left):
            continue
        if any(document.spans_in(right.start, right.end, "link", "blank")):
            continue
        slot = known.labels.slots[_folded(label.group("label"))]
        missing = MISSING[slot]
        yield Gap(
            start=left.start,
            end=left.end,
            slot=slot,
            anchor=document.of(left),
            message=f"The table calls for {missing} here, and the cell is empty",
            fix=f"Put {missing} into the cell.",
        )


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


# --- values -----------------------------------------------------------------------------------------------------


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
    if _is_heading(document, first):
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


def _is_bare_value(document: Document, block: Block, slot: str) -> bool:
    """Whether the next block is nothing but a value, as when an address stands on a line of its own after a full stop."""
    following = document.after(block)
    return bool(following) and _holds(document, following[0], slot) and len(document.of(following[0])) < 60


def _is_heading(document: Document, block: Block) -> bool:
    text = document.of(block)
    return block.kind == "heading" or (
        len(text) < 90 and text[-1:] not in ".。;；" and bool(NUMBERING.match(text)) and block.kind != "item"
    )


# --- lexicons ---------------------------------------------------------------------------------------------------


@cache
def _language(language: str, family: str) -> Language:
    data = lexicon(language)
    entries, comma = data[family]["openers"], data[family].get("comma", data["comma"])
    stops = "|".join({entry.get("stops", data["stops"]) for entry in entries} - {""})
    near = rf"(?<!\w)(?:{data['ends']})(?={_stop(stops, data, comma)})" if "ends" in data else ""
    both = {slot: words for each in ("contact", "name") for slot, words in data[each]["labels"].items()}
    return Language(
        openers=tuple(_opener(entry, data, comma) for entry in entries),
        near=re.compile(near, re.IGNORECASE | re.MULTILINE) if near else None,
        common=tuple(_common_openers(data) if family == "name" else ()),
        labels=_labels(data[family]["labels"]),
        any_label=_labels(both).pattern,
        relative=re.compile(data["relative"], re.IGNORECASE) if data["relative"] else None,
    )


def _opener(entry: dict[str, str], data: dict[str, Any], comma: str) -> Opener:
    find = re.sub(r"<(\d+)>", r"[^.;:!?\\n]{0,\1}?", entry["find"])
    gap = f" ?(?:{entry['then']})" if "then" in entry else _stop(entry.get("stops", data["stops"]), data, comma)
    unless = entry.get("unless", data.get("unless"))
    return Opener(
        slot=entry["slot"],
        pattern=re.compile(f"{find}(?=(?P<gap>{gap}))", re.IGNORECASE | re.MULTILINE),
        unless=re.compile(unless, re.IGNORECASE) if unless else None,
    )


def _stop(words: str, data: dict[str, Any], comma: str) -> str:
    """A pattern of what cannot be the beginning of a value: punctuation, a definition, the end, or one of the words."""
    punctuation = rf",(?! ?(?:{comma})\b)|[;!?)\]]|\.(?![\w@])|{OBJECT}|: ?(?:[.,;)\]{OBJECT}]|$)"
    return (
        rf" ?(?:{punctuation}|\((?= ?(?:{data['definition']}))|\((?![^()\n]*[\d@])|\((?=[^()\n]*\d{{1,2}}(?!\d)[^()\n]*\))|$)"
        + (rf"| (?:{words})\b" if words else "")
    )


def _common_openers(data: dict[str, Any]) -> list[Opener]:
    """Brackets that open with a comma, definitions with nothing in front, empty quotes, addresses that are only a scheme."""
    patterns = [
        ("name", r"[(（\[【](?=(?P<gap> ?[,，、;；] ?[\w“\"「'‘]))"),
        ("url", r"(?<![\w/])(?:https?://|www\.)(?=(?P<gap>[\s,;)）。，]|\.(?:\s|$)|$))"),
    ]
    if data["before_definition"] and data["comma"]:
        patterns.append(("name", rf"\b(?:{data['before_definition']})(?=(?P<gap> [(（] ?(?:{data['definition']})))"))
        patterns.append(("name", r"(?<![\w=(\"])(?:(?=(?P<gap>\"\"(?![\w\"])|“”|„“|« ?»)))"))
    return [Opener(slot=slot, pattern=re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for slot, pattern in patterns]


def _labels(tables: dict[str, list[str]]) -> Labels:
    slots = {_folded(label): slot for slot, labels in tables.items() for label in labels}
    words = "|".join(
        sorted((re.escape(label) for labels in tables.values() for label in labels), key=len, reverse=True)
    )
    words = words.replace(r"\ ", r"\s?") if not words.isascii() else words
    aside = r"(?: ?[(（][^()（）\n]{1,30}[)）])?"
    return Labels(
        pattern=re.compile(
            rf"(?:^[\W_]{{0,4}}|(?<=[|/·•;,，；、>)）: ])){_label(words)}{aside} ?[:：]", re.IGNORECASE | re.MULTILINE
        ),
        whole=re.compile(rf"[\W_]{{0,3}}{_label(words)}{aside} ?[:：]?\s*", re.IGNORECASE),
        slots=slots,
    )


def _label(words: str) -> str:
    return rf"(?P<label>{words})"


def _folded(label: str) -> str:
    return re.sub(r"\s+", "", label).casefold()
