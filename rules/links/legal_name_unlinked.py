from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from auditor.document import Block, Document
from auditor.legal import LegalPage, kinds_of
from auditor.model import LEGAL_KINDS
from auditor.passages import Passage, text_rule

LONGEST_ENTRY = 60  # characters of an entry of a menu
SECTION = 600  # characters behind a title in which its subject is spoken of
STOPS = ".!?:;,。！？：；，"
KIND = "copyright"
UNSURE = "“{}” names a document, but nothing shows that it is a link: see whether it leads to a published page"


@text_rule(
    severity="notice",
    articles={
        "eu": ("Directive 2000/31/EC Art. 5",),
        "uk": ("Electronic Commerce (EC Directive) Regulations 2002 reg. 6",),
        "us-ca": ("17 U.S.C. § 512(c)(2)",),
        "kr": ("Copyright Act Art. 46",),
        "cn": ("Copyright Law Art. 26",),
        "jp": ("Copyright Act Art. 63",),
        "br": ("Lei 9.610/1998 Art. 29",),
        "qc": ("Copyright Act (R.S.C. 1985, c. C-42) s. 3",),
    },
)
def legal_name_unlinked(page: LegalPage) -> Iterator[Passage]:
    """A menu names a page about copyright and disclaimer, and the name is no link.

    Why: The shop announces a document that nobody can open: it was never written, or its address was lost. No law demands
    the page, but who names it should have it.

    Fix: Turn the entry into a link to a published page about copyright and disclaimer, or take it out.
    """
    document = page.document
    its_own = KIND in page.kinds and page.kinds != LEGAL_KINDS
    if document is None or its_own:
        return
    names = [block for block in document.holding(_words()["holds"]) if _is_name(document, block)]
    if not names or _is_linked(document):
        return
    if len(names) != 1 and any(block.part != "frame" for block in names):
        return  # a table of contents, and the section that it leads to
    for block in names[:1]:
        if not _has_own_text(document, block):
            text = document.of(block).strip()
            unsure = "" if block.part == "frame" else UNSURE.format(text)
            if unsure and not _stands_in_menu(document, block):
                continue
            yield Passage(
                start=block.start,
                end=block.end,
                slot="link",
                anchor=text,
                message=f"“{text}” names a document and is no link",
                confidence="medium",
                unsure=unsure,
            )


def _is_linked(document: Document) -> bool:
    """Whether any link, button or the like on the page is called by such a name or leads to such an address."""
    for span in document.spans:
        words = document.text[span.start : span.end] if span.kind == "link" else span.text
        if span.kind in ("link", "control", "image") and KIND in kinds_of(words, span.target or ""):
            return True
    return False


def _is_name(document: Document, block: Block) -> bool:
    text = document.of(block).strip()
    if not text or len(text) > LONGEST_ENTRY or text[-1] in STOPS or block.form or any(c.isdigit() for c in text):
        return False
    kinds = kinds_of(text)
    linked = any(document.spans_in(block.start, block.end, "link", "control"))
    return (
        KIND in kinds
        and "imprint" not in kinds
        and not linked
        and text.lower().strip(" *·•-–—") not in _words()["bare"]
    )


def _has_own_text(document: Document, block: Block) -> bool:
    """Whether what follows is the text that the name announces, or what stands before announces a list of names."""
    before = document.blocks[block.number - 1] if block.number else None
    if before is None or document.of(before).strip()[-1:] in (":", "："):
        return True
    if block.part == "frame" and _is_followed_by_prose(document, block):
        return True  # a column or a box of the footer with its title
    following = document.lower[block.end : block.end + SECTION]
    return any(word in following for word in _words()["speaks"])


def _is_followed_by_prose(document: Document, block: Block) -> bool:
    behind = document.blocks[block.number + 1 : block.number + 2]
    return any(
        len(document.of(one).strip()) > LONGEST_ENTRY or document.of(one).strip()[-1:] in STOPS for one in behind
    )


def _stands_in_menu(document: Document, block: Block) -> bool:
    """Whether the entry before or behind is as short as those of a menu, and not a title with its text."""
    near = [document.blocks[n] for n in (block.number - 1, block.number + 1) if 0 <= n < len(document.blocks)]
    texts = [document.of(one).strip() for one in near]
    return any(0 < len(text) <= LONGEST_ENTRY and text[-1] not in STOPS and kinds_of(text) for text in texts)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = files("auditor.rules.links").joinpath("legal_name_unlinked.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}
