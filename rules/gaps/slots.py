"""Slots: labels and phrases that call for a value, and whether the value follows.

The lexicons beside this module say, by language, what calls for a value (``find``) and what cannot be the beginning of one. A value may
follow in the same sentence, behind a link, as a protected address, as a picture (then nobody can tell), in a form, or in the next block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from auditor.document import Block, Document
from auditor.legal import LegalPage
from auditor.passages import Passage
from auditor.rules.gaps.gaps import MAX_GAPS, in_text, matches
from auditor.rules.gaps.openers import Language, Opener, known_for
from auditor.rules.gaps.values import PHONE, is_bare_value, is_blank_form, value_after, value_at, value_below

MISSING = {
    "contact": "an address or a number",
    "e-mail": "an e-mail address",
    "phone": "a phone number",
    "address": "a postal address",
    "name": "a name",
    "number": "a number",
    "url": "a web address",
    "authority": "the name of an authority",
    "date": "a date",
}
CLAUSE = 300  # characters back in which a clause begins
CLAUSE_END = re.compile(r"[.;:!?。；！？]")
SEPARATOR = re.compile(r"\s*(?:[|/·•;，、。)）]|,(?!\d)|[(（]\s?(?:hereinafter|以下|이하))")
ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]?\s*$")
ELSEWHERE = re.compile(
    r"see|above|below|siehe|oben|unten|voir|ci-d|ver\b|arriba|abajo|vedi|sopra|위|아래|上記|下記|上述|下述|optional|fakultativ",
    re.IGNORECASE,
)
COLONS = (":", "：")
QUOTED_AFTER = 30  # characters quoted behind a gap that words give away


def gaps(page: LegalPage, family: str) -> Iterator[Passage]:
    """Slots of a family (``contact`` or ``name``) that hold no value on a page."""
    document = page.document
    assert document is not None
    seen: list[Passage] = []
    for known in known_for(page.language, family):
        seen += (
            *islice(_at_openers(page, document, known), MAX_GAPS),
            *islice(_at_labels(page, document, known), MAX_GAPS),
            *islice(_at_empty_cells(document, known), MAX_GAPS),
        )
    end = -1
    for gap in sorted(seen, key=lambda gap: (gap.start, -gap.end)):
        if gap.start >= end:
            yield gap
            end = gap.end


# --- openers ----------------------------------------------------------------------------------------------------


def _at_openers(page: LegalPage, document: Document, known: Language) -> Iterator[Passage]:
    for opener, match in _opened(document, known):
        if not in_text(document, match.start()):
            continue
        clause = document.text[_clause_start(document, match.start()) : match.end()]
        if opener.unless and opener.unless.search(clause + match.group("gap")):
            continue
        if (
            known.relative
            and match.group("gap").strip()[:1] in (".", ",", "!", "?", ";")
            and known.relative.search(clause)
        ):
            continue
        gap = _judge(page, document, opener.slot, match)
        if gap is not None:
            yield gap


def _opened(document: Document, known: Language) -> Iterator[tuple[Opener, re.Match[str]]]:
    """Where an opener stands before a gap. Looking for the gaps first makes it quick."""
    text = document.text
    for opener in known.common:
        for block in document.holding(opener.on):
            yield from ((opener, match) for match in opener.pattern.finditer(text, block.start, block.end))
    if known.near is None:
        stretches = [(0, len(text))]
    else:
        blocks = {document.block_at(match.start()).number for match in known.near.finditer(document.lower)}
        stretches = [(document.blocks[number].start, document.blocks[number].end) for number in sorted(blocks)]
    for start, end in stretches:
        for opener in known.openers:
            yield from ((opener, match) for match in opener.pattern.finditer(text, start, end))


def _clause_start(document: Document, position: int) -> int:
    """Where the clause that a position lies in begins, or how far back one has to look to know it."""
    start = max(document.block_at(position).start, position - CLAUSE)
    ends = [match.end() for match in CLAUSE_END.finditer(document.text, start, position)]
    return ends[-1] if ends else start


def _judge(page: LegalPage, document: Document, slot: str, match: re.Match[str]) -> Passage | None:
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
    if not unsure and seen[:1] in (".", "。") and is_bare_value(document, block, slot):
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


def _gap(page: LegalPage, document: Document, slot: str, start: int, end: int, anchor: str, unsure: str) -> Passage:
    missing = MISSING[slot]
    where = " ".join(document.text[start:end].split())
    if unsure:
        return Passage(start=start, end=end, slot=slot, anchor=anchor, message="", unsure=f"“{where}”: {unsure}")
    return Passage(
        start=start,
        end=end,
        slot=slot,
        anchor=anchor or where,
        message=f"The text calls for {missing} here, and there is none",
        confidence="high" if page.rendered else "medium",
        fix=f"Put {missing} here.",
    )


# --- labels -----------------------------------------------------------------------------------------------------


def _at_labels(page: LegalPage, document: Document, known: Language) -> Iterator[Passage]:
    """Labels with a colon and nothing behind it: before a separator, before the next label, or at the end of the block."""
    labels = list(matches(document, known.labels.pattern, COLONS))
    for number, match in enumerate(labels):
        block = document.block_at(match.start("label"))
        following = labels[number + 1].start("label") if number + 1 < len(labels) else len(document.text)
        end = min(block.end, following)
        rest = document.text[match.end() : end]
        separator = SEPARATOR.match(rest) or _only_aside(known.labels.slot_of(match), rest)
        if rest.strip(" \u3000") and not separator:
            continue
        if (
            separator
            and separator.group().strip() in (")", "）")
            and document.text[match.start("label") - 1] not in "(（"
        ):
            continue
        slot = known.labels.slot_of(match)
        end = match.end() + (separator.end() if separator else 0)
        unsure = value_at(page, document, slot, match.end(), end)
        if unsure == "" and not separator and following >= block.end:
            unsure = value_below(document, block, slot, known)
        if unsure is None or is_blank_form(document, block):
            continue
        yield _gap(page, document, slot, match.start("label"), end, match.group("label"), unsure)


def _only_aside(slot: str, rest: str) -> re.Match[str] | None:
    """A remark in brackets, such as opening hours or a person's office, where the value should stand in front of it."""
    aside = ASIDE.match(rest) if slot in ("phone", "name") else None
    return aside if aside and not PHONE.search(rest) and not ELSEWHERE.search(rest) else None


def _at_empty_cells(document: Document, known: Language) -> Iterator[Passage]:
    """Rows and definition lists with a label on the left and an empty cell on the right."""
    for left, right in pairwise(document.blocks):
        if right.kind != "cell" or right.part == "frame" or left.row != right.row:
            continue
        label = known.labels.whole.fullmatch(document.of(left)) if left.kind in ("cell", "term") else None
        if (
            label is None
            or not _is_empty(document, right, known.labels.slot_of(label))
            or not _is_pair(document, left, right)
            or is_blank_form(document, left)
        ):
            continue
        missing = MISSING[known.labels.slot_of(label)]
        yield Passage(
            start=left.start,
            end=left.end,
            slot=known.labels.slot_of(label),
            anchor=document.of(left),
            message=f"The table calls for {missing} here, and the cell is empty",
            fix=f"Put {missing} into the cell.",
        )


def _is_empty(document: Document, cell: Block, slot: str) -> bool:
    return cell.end == cell.start or _only_aside(slot, document.of(cell)) is not None


def _is_pair(document: Document, left: Block, right: Block) -> bool:
    """Whether two cells are all that their row has, and nothing invisible fills the second."""
    if any(document.spans_in(right.start, right.end, "link", "blank")):
        return False
    near = document.blocks[max(left.number - 5, 0) : right.number + 5]
    return not left.row or len({block.trail for block in near if block.row == left.row}) == 2
