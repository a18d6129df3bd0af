"""What kinds of legal page the words of links, titles, headings and addresses name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.model import LEGAL_KINDS

LONGEST_NAME = 200  # characters of a text that can still be a document's name
NAME_WORDS = 3  # words of a company's name that may stand in front of a document's name
NAME_CHARACTERS = 15  # the same in Chinese, Japanese and Korean
NAME_WORDS_AFTER = 5

CJK = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
TITLE_PARTS = re.compile(r"\s*(?:[|｜»«›‹/•·・]|::|\s[-–—:]\s|_)\s*")
ASIDE = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]")
OF_SOMEBODY = frozenset(
    [
        "of",
        "for",
        "at",
        "by",
        "from",
        "der",
        "des",
        "von",
        "vom",
        "bei",
        "du",
        "de",
        "d",
        "di",
        "del",
        "della",
        "van",
        "voor",
        "dla",
        "do",
        "da",
        "para",
        "pour",
        "per",
    ]
)
ROUTE_PARAMETERS = frozenset(
    [
        "p",
        "page",
        "route",
        "path",
        "s",
        "act",
        "action",
        "r",
        "slug",
        "name",
        "doc",
        "document",
        "view",
        "article",
        "cms",
        "content",
        "topic",
        "id",
        "type",
        "title",
        "policy",
        "url",
    ]
)
INDEX = frozenset({"index", "default", "home", ""})
LANGUAGE_PART = re.compile(r"[a-z]{2}([-_][a-z]{2,4})?")
EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|do|action|cfm|shtml|xhtml)$", re.IGNORECASE)


def kinds_of(text: str, url: str = "") -> tuple[str, ...]:
    """The kinds of legal page (``model.LEGAL_KINDS``, in that order) that a link's text and its address suggest.

    ``text`` may as well be a page's title or heading. The name must be nearly the whole text: "Fernhill privacy policy"
    counts, "Private label" and "Why privacy matters" do not. An address alone counts by its last part.
    """
    scheme, colon, _ = url.partition(":")
    if colon and scheme.lower() in ("mailto", "tel", "sms"):
        return ()
    hits, below = _kinds_of_address(url)
    named = _kinds_of_text(text)
    kinds = {name.kind for name in named if not below or (name.phrase and name.exact)} | hits
    return tuple(kind for kind in LEGAL_KINDS if kind in kinds)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name found in a text: ``phrase`` for an unmistakable one, ``exact`` when nothing else stands beside it."""

    kind: str
    phrase: bool
    exact: bool = True


class _Lexicon:
    """The names of ``data/legal.toml``, folded and indexed."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.words: dict[tuple[str, ...], frozenset[_Name]] = {}
        self.cjk: dict[str, frozenset[_Name]] = {}
        self.slugs: dict[str, frozenset[_Name]] = {}
        for kind in LEGAL_KINDS:
            self._add_kind(kind, data[kind])
        self.longest = max(len(words) for words in self.words)
        self.first = frozenset(words[0] for words in self.words)
        self.noise = frozenset(fold(word) for word in data["noise"]["latin"])
        self.about = frozenset(fold(word) for word in data["about"]["latin"])
        self.goods = frozenset(data["paths"]["goods"]) | frozenset(data["paths"]["posts"])
        self.cjk_names = re.compile("|".join(sorted(map(re.escape, self.cjk), key=len, reverse=True)))
        cjk_noise = "|".join(sorted((re.escape(fold(word)) for word in data["noise"]["cjk"]), key=len, reverse=True))
        self.cjk_noise = re.compile(f"(?:{cjk_noise})*")

    def _add_kind(self, kind: str, tables: Mapping[str, Any]) -> None:
        for phrase in (False, True):
            name = frozenset({_Name(kind, phrase)})
            for text in (text for texts in tables.get("phrase" if phrase else "whole", {}).values() for text in texts):
                folded = fold(text)
                joined = _joined(folded)
                index, key = (self.cjk, joined) if CJK.search(folded) else (self.words, tuple(_words(folded)))
                index[key] = index.get(key, frozenset()) | name
                self.slugs[joined] = self.slugs.get(joined, frozenset()) | name
        for slug in tables.get("slug", ()):
            self.slugs[slug] = self.slugs.get(slug, frozenset()) | {_Name(kind, True)}


@cache
def _lexicon() -> _Lexicon:
    text = files("auditor").joinpath("data/legal.toml").read_text(encoding="utf-8")
    return _Lexicon(tomllib.loads(text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text for comparing: compatibility characters, case, white space and the accents of Latin script folded."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", " ".join(re.sub("[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]", "", text).split()))


def _words(folded: str) -> list[str]:
    return re.findall(r"\w+", folded.replace("&", " and ").replace("+", " and "))


def _joined(folded: str) -> str:
    return re.sub(r"[\W_]+", "", folded.replace("&", ""))


@lru_cache(maxsize=4096)
def may_hold_several(text: str) -> bool:
    """Whether a title or heading is one of a page that holds several documents ("Legal", "Customer information")."""
    folded = fold(text).strip(" .,;:!|-–—")
    return not _several().isdisjoint({folded, *TITLE_PARTS.split(folded)[:1]})


@cache
def _several() -> frozenset[str]:
    text = files("auditor").joinpath("data/legal.toml").read_text(encoding="utf-8")
    return frozenset(map(fold, tomllib.loads(text)["several"]["names"]))


# --- texts ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _kinds_of_text(text: str) -> frozenset[_Name]:
    if not text or len(text) > LONGEST_NAME:
        return frozenset()
    folded = fold(text).strip(" .,;:!*#>»›→▸▶-–—|·•")
    notice = "©" in text or "(c)" in folded
    found = _kinds_of_name(folded)
    if not found and len(parts := TITLE_PARTS.split(folded)) > 1:
        found = frozenset().union(*map(_kinds_of_name, parts))
    return frozenset(name for name in found if not (notice and name.kind == "copyright"))


def _kinds_of_name(folded: str) -> frozenset[_Name]:
    bare = ASIDE.sub("", folded).strip() or folded
    return _in_cjk(bare) if CJK.search(bare) else _in_words(bare)


def _in_words(folded: str) -> frozenset[_Name]:
    words, lexicon = _words(folded), _lexicon()
    if lexicon.first.isdisjoint(words):
        return frozenset()
    exact = lexicon.words.get(tuple(words))
    if exact:
        return exact
    found: set[_Name] = set()
    rest: list[list[str]] = [[]]  # what stands before, between and after the names
    at = 0
    while at < len(words):
        size, names = _longest(words, at)
        if names:
            found |= names
            rest.append([])
        else:
            rest[-1].append(words[at])
        at += size
    return _accepted(found, rest, question=folded.endswith("?"))


def _longest(words: list[str], at: int) -> tuple[int, frozenset[_Name]]:
    lexicon = _lexicon()
    if words[at] not in lexicon.first:
        return 1, frozenset()
    for size in range(min(lexicon.longest, len(words) - at), 0, -1):
        names = lexicon.words.get(tuple(words[at : at + size]))
        if names:
            return size, names
    return 1, frozenset()


def _accepted(found: set[_Name], rest: list[list[str]], question: bool) -> frozenset[_Name]:
    """The names that count beside the words around them."""
    lexicon = _lexicon()
    if not found or question or any(word in lexicon.about for words in rest for word in words):
        return frozenset()
    strange = [[word for word in words if word not in lexicon.noise] for words in rest]
    if not any(strange):
        return frozenset(found)
    before, between, after = strange[0], strange[1:-1], [w for w in strange[-1] if not w.isdigit()]
    dated = not after or rest[-1][0] in OF_SOMEBODY
    if any(between) or len(before) > NAME_WORDS or len(after) > NAME_WORDS_AFTER or not dated:
        return frozenset()
    return frozenset(_Name(name.kind, True, exact=False) for name in found if name.phrase)


def _in_cjk(folded: str) -> frozenset[_Name]:
    lexicon, text = _lexicon(), _joined(folded)
    matches = list(lexicon.cjk_names.finditer(text))
    if not matches or folded.endswith("?"):
        return frozenset()
    found = frozenset().union(*(lexicon.cjk[match.group()] for match in matches))
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(text)]
    rest = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    strange = [part for part in rest if not _is_noise(part)]
    if not strange:
        return found
    if strange == rest[:1] and len(rest[0]) <= NAME_CHARACTERS:
        return frozenset(_Name(name.kind, True, exact=False) for name in found if name.phrase)
    return frozenset()


def _is_noise(part: str) -> bool:
    """Whether what stands beside a CJK name says nothing of its own: filler, or the same name in Latin script."""
    return bool(_lexicon().cjk_noise.fullmatch(part)) or (part.isascii() and part in _lexicon().slugs)


# --- addresses --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _kinds_of_address(url: str) -> tuple[frozenset[str], bool]:
    """The kinds that an address suggests, and whether it lies below goods or posts."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return frozenset(), False
    steps = [fold(EXTENSION.sub("", unquote(step))) for step in parts.path.split("/")]
    steps = [step for step in steps if step not in INDEX and not LANGUAGE_PART.fullmatch(step)] or steps[:1]
    below = any(step in _lexicon().goods for step in steps[:-1])
    names = _named_by([*steps[-1:], "".join(steps[-2:])])
    if not below:
        names |= _named_by(_routes(parts.query))
    return frozenset(name.kind for name in names if name.phrase or not below), below


def _routes(query: str) -> Iterable[str]:
    """Last parts of the query values that name a page. WordPress searches with ``s``; ShopXO routes with it."""
    for name, value in parse_qsl(query)[:20]:
        if name.lower() in ROUTE_PARAMETERS and (name != "s" or "/" in value or "." in value):
            steps = [step for step in re.split(r"[/.]", EXTENSION.sub("", value)) if step not in INDEX]
            yield from steps[-1:]


def _named_by(slugs: Iterable[str]) -> frozenset[_Name]:
    return frozenset().union(*(_names_of_slug(fold(slug)) for slug in slugs))


def _names_of_slug(slug: str) -> frozenset[_Name]:
    lexicon = _lexicon().slugs
    bare = re.sub(r"^\d+[-_]|[-_ ]?\d+$|[-_](?:page|html|en|de|fr|es|it|ko|kr|zh|cn|ja|jp|us|uk|eu)$", "", slug)
    bare = re.sub(r"^(?:our|the|page|legal|website|shop|store)[-_ ]", "", bare)
    return lexicon.get(_joined(slug)) or lexicon.get(_joined(bare)) or frozenset()


# --- content ----------------------------------------------------------------------------------------------------


@cache
def content_words(kinds: frozenset[str]) -> tuple[str, ...]:
    """Word stems, lower case, at least one of which every document of these kinds holds."""
    data = tomllib.loads(files("auditor").joinpath("data/legal.toml").read_text(encoding="utf-8"))["content"]
    return tuple(dict.fromkeys(word for kind in kinds for word in data[kind]))
