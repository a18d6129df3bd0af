"""Finds the page's copyright notice as a visitor reads it."""

from __future__ import annotations

import re
from collections import deque

from selectolax.lexbor import LexborNode

from auditor.spiders.lexicon import words

MAX_NOTICE = 300
MAX_CANDIDATES = 30  # of each rank, the last ones
MAX_TEXT = 2000  # characters: a longer run of text is no notice
_SIGN = re.compile(r"[©ⓒ]|\(c\)\s*(?:copyright\s*)?(?:19|20)\d\d|(?:19|20)\d\d\s*\(c\)|&copy;", re.IGNORECASE)
_WORDS = re.compile(
    r"\bcopyright\b(?=.*(?:19|20)\d\d)|版权所有|版權所有|著作権|저작권자|저작권\s*(?:ⓒ|\d)|"
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|(?:todos los )?derechos reservados|"
    r"tutti i diritti riservati|todos os direitos reservados|無断転載|무단\s*전재",
    re.IGNORECASE | re.DOTALL,
)
_MAYBE = re.compile(
    r"[©ⓒ]|\(c\)|copyright|版[权權]|著作権|저작권|re[sc]erv|vorbehalten|無断|무단|&copy;", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")
_INLINE = words("text", "inline")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg"})


class Notices:
    """Gathers candidates during the walk over a page and picks the best: sign before word, footer before the rest."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, bool], deque[LexborNode]] = {}

    def look(self, node: LexborNode, text: str, place: str) -> None:
        """A text node; remembered when it looks like a notice."""
        if len(text) > MAX_TEXT or _MAYBE.search(text) is None:
            return
        parent = node.parent
        if _SIGN.search(text):
            self._add(0, place, parent)
        elif _WORDS.search(text) or "copyright" in text.lower():
            self._add(1, place, parent)

    def marked(self, node: LexborNode, place: str) -> None:
        """An element whose class or id says "copyright"; it counts when it holds a year (the sign may be an icon)."""
        self._add(2, place, node)

    def _add(self, rank: int, place: str, node: LexborNode | None) -> None:
        if node is not None:
            self._found.setdefault((rank, place == "footer"), deque(maxlen=MAX_CANDIDATES)).append(node)

    def best(self) -> str:
        """The notice, white space folded, at most 300 characters; "" when there is none.

        Of several the last counts: notices stand at the bottom, and what stands above may be an image's credit.
        """
        for footer in (True, False):
            for rank in (0, 1, 2):
                for node in reversed(self._found.get((rank, footer), ())):
                    if text := _notice_in(node, rank):
                        return text
        return ""


def _notice_in(node: LexborNode, rank: int) -> str:
    if rank == 2:
        text = " ".join(" ".join(_lines(node)).split())
        return text[:MAX_NOTICE] if _YEAR.search(text) else ""
    pattern = (_SIGN, _WORDS)[rank]
    for line in _lines(_block_around(node)):
        text = " ".join(line.split())
        if pattern.search(text):
            return _cut(text, pattern)
    return ""


def _block_around(node: LexborNode) -> LexborNode:
    while node.tag in _INLINE and node.parent is not None:
        node = node.parent
    return node


def _lines(block: LexborNode) -> list[str]:
    """The text of a block, a line at each break and each block inside it."""
    lines = [""]
    node, stack = block.first_child, []
    while True:
        while node is None:
            if not stack:
                return lines
            node, inline = stack.pop()
            if not inline:
                lines.append("")
        if node.is_text_node:
            lines[-1] += node.text_content or ""
        elif node.is_element_node and node.tag not in _UNSEEN:
            inline = node.tag in _INLINE
            if not inline:
                lines.append("")
            if "fa-copyright" in (node.attributes.get("class") or ""):
                lines[-1] += "©"
            if node.first_child is not None:
                stack.append((node.next, inline))
                node = node.first_child
                continue
        node = node.next


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    """A long line is cut down to its sentences from the one with the notice on."""
    if len(text) <= MAX_NOTICE:
        return text
    sentences = _SENTENCE.split(text)
    start = next((i for i, sentence in enumerate(sentences) if pattern.search(sentence)), 0)
    return " ".join(sentences[start:])[:MAX_NOTICE]
