"""The rule ``name-inconsistent``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.gaps.articles import INTELLIGIBLE
from auditor.rules.gaps.gaps import LANGUAGES, in_text, lexicon, matches

MAX_NAMES = 12
MAX_PLACES = 200
MAX_SPELLINGS = 3  # that are told of one name
SHORTEST = 5  # letters of a name
SIMILAR = 9  # letters from which on names that differ in one of them are the same name
CAPITAL_INSIDE = re.compile(r"([A-Z][a-z]{2,}[A-Z][a-z]{2,})(?![\w@]|\.\w)")
HANGUL = re.compile(r"[가-힣]")
PARTICLE = re.compile(r"(?<=[가-힣]{3})(?:에서|에게|은|는|이|가|을|를|의|과|와|에|로)$")


@text_rule(severity="notice", articles=INTELLIGIBLE, languages=LANGUAGES)
def name_inconsistent(page: LegalPage) -> Iterator[Passage]:
    """A legal page spells the name of its company or shop in several ways.

    Why: it must be certain who the contract is with and who answers for the data; two spellings may be two companies, and show that
    the text was put together from several.

    Fix: use one spelling throughout: the registered one for the company, one brand name for the shop.
    """
    document = page.document
    assert document is not None
    names = list(dict.fromkeys(islice(_names(document), MAX_NAMES)))
    found = {place for name in names for place in (*_rarer(document, name), *_misspelt(document, name, names))}
    last = -1
    for start, end, usual in sorted(found, key=lambda place: (place[0], -place[1], place[2])):
        if start >= last:
            last = end
            message = f"The name is spelled otherwise elsewhere in the text: “{usual}”"
            yield Passage(start=start, end=end, slot="text", anchor=document.text[start:end], message=message)


def _names(document: Document) -> Iterator[str]:
    """Names of the operator, without legal forms and common words at their end."""
    announced = matches(document, _announced(), tuple(lexicon("names")["on"]))
    for match in (*announced, *_with_capital_inside(document.text)):
        name = next(group for group in match.groups() if group)
        name = PARTICLE.sub("", _edges().sub("", name.strip(" -.,&")))
        letters = sum(character.isalpha() for character in name)
        if letters >= (SHORTEST - 1 if HANGUL.search(name) else SHORTEST) and not _foreign().search(name):
            yield name


def _rarer(document: Document, name: str) -> Iterator[tuple[int, int, str]]:
    """The first place of each spelling but the most frequent (of equals, the first)."""
    spellings: dict[str, list[int]] = {}
    for match in _places(document.text, name):
        found = match.group()
        if not _is_styled(found) and _is_running(document, match.start()):
            spellings.setdefault(found.replace("‑", "-"), []).append(match.start())
    usual = max(spellings, key=lambda spelling: len(spellings[spelling]), default="")
    for spelling in islice((spelling for spelling in spellings if spelling != usual), MAX_SPELLINGS):
        yield spellings[spelling][0], spellings[spelling][0] + len(spelling), usual


def _misspelt(document: Document, name: str, names: list[str]) -> Iterator[tuple[int, int, str]]:
    """A name that differs from one announced before it in one letter."""
    for usual in names[: names.index(name)]:
        if _is_slip(usual.casefold(), name.casefold()):
            match = next(_places(document.text, name), None)
            if match:
                yield match.start(), match.end(), usual


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter was lost, added, changed or swapped, in a word that is long enough for it to be no other word."""
    words, others = one.split(), other.split()
    if len(words) != len(others) or len(one) < SIMILAR:
        return False
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(differing) != 1 or min(len(differing[0][0]), len(differing[0][1])) < SHORTEST:
        return False
    a, b = differing[0]
    if abs(len(a) - len(b)) > 1 or a.strip("0123456789") != a or b.rstrip("s") == a.rstrip("s"):
        return False
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest, other_rest = a[start:], b[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[2:] == other_rest[2:] and rest[:2] == other_rest[1::-1])
    )


def _is_styled(name: str) -> bool:
    """Whether it is written in capitals throughout, as in logos, or with small letters, as the words that it may consist of."""
    return name.upper() != name.lower() and (name == name.upper() or any(word[0].islower() for word in name.split()))


def _is_running(document: Document, position: int) -> bool:
    """Whether a place lies in running text rather than in a title, where every word may have a capital."""
    return in_text(document, position) and document.block_at(position).kind != "heading"


def _places(text: str, name: str) -> Iterator[re.Match[str]]:
    """Where a name stands in any spelling; not in an address, and not as a part of another word."""
    return (match for match in islice(_spelled(name).finditer(text), MAX_PLACES) if _begins(text, match.start()))


def _begins(text: str, position: int) -> bool:
    before = text[max(position - 1, 0) : position]
    return not before.isalnum() and before not in ("_", ".", "@", "/", "#", "-")


@cache
def _spelled(name: str) -> re.Pattern[str]:
    """A name in any case and with its words apart, joined or hyphened."""
    first, *letters = (re.escape(character) for character in name if character not in " -‑")
    right = "" if HANGUL.search(name) else r"(?![\w@/]|[.-]\w)"
    # The first letter in both cases, rather than a flag for all: such a pattern is looked for much faster.
    begin = f"[{first.upper()}{first.lower()}]" if first.isalpha() else first
    return re.compile(rf"{begin}(?i:[ ‑-]?{'[ ‑-]?'.join(letters)}){right}")


@cache
def _announced() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("names")["announced"]))


def _with_capital_inside(text: str) -> Iterator[re.Match[str]]:
    """Words with a capital inside, which are somebody's name; not in addresses."""
    return (match for match in CAPITAL_INSIDE.finditer(text) if _begins(text, match.start()))


@cache
def _edges() -> re.Pattern[str]:
    words = lexicon("names")
    return re.compile(rf"^(?:{words['head']})\s+|(?:[\s-]+(?:{words['tail']}))+$", re.IGNORECASE)


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(lexicon("names")["foreign"], re.IGNORECASE)
