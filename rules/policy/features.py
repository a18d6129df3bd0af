"""What the ranker sees of a sentence: words, their stems and pairs of words, with names, addresses, dates and numbers replaced by what they are.

Chinese, Japanese and Korean, whose words are not parted by spaces or carry their endings, are seen in pairs and triples of characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

from auditor.document import Document

CJK = ("zh", "ja", "ko")
STEM = 5  # letters that inflections leave alone
MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|ene(?:ro)?|gen(?:naio)?|feb(?:ruary|ruar|rero|braio)?|févr(?:ier)?|mar(?:ch|s|zo)|märz|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?"
    "|may|mai|mayo|maggio|june?|juni?|juin|junio|giugno|july?|juli|juillet|julio|luglio|aug(?:ust)?|août|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?)?|set(?:tembre)?"
    "|o[ck]t(?:ober|obre|ubre)?|ott(?:obre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre|embre)?"
)
COMPANY = re.compile(
    r"\b(?:Ltd|LTD|Limited|LLC|L\.L\.C|LLP|Inc|INC|Incorporated|Corp|Corporation|PLC|plc|Pty|GmbH|gGmbH|mbH|AG|UG|OHG|KG|e\.? ?K|SAS|SASU|SARL|EURL|S\.A\.S|S\.A\.R\.L"
    r"|S\.L\.U|S\.L|SLU|SL|S\.A|SA|S\.r\.l|Srl|SRL|S\.p\.A|SpA|B\.V|BV|N\.V|NV|Oy|ApS|A/S|AB)\b\.?"
    r"|株式会社|有限会社|合同会社|주식회사|㈜|\(주\)|유한회사|有限公司|有限责任公司|股份公司"
)
ADDRESS = (
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b\d{5} [A-ZÄÖÜÉÈÀ][a-zäöüßéèà]+|\b[A-Z]\d{2} [A-Z\d]{4}\b|〒 ?\d{3}-?\d{4}"
    r"|\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|quai|chemin|cours|[A-Z][a-z]+ (?:Street|Road|Lane|Avenue|St|Rd|Ave|Way|Drive|Square|Court)\b)"
    r"|\b(?:calle|c/|avenida|avda\.?|plaza|paseo|via|viale|piazza|corso) [A-Z][\w .]{2,30}, ?(?:n\.º |n\. ?|nº ?)?\d+|[A-ZÄÖÜ][a-zäöüß]+(?:str(?:aße|asse|\.)|weg|platz|allee|gasse|ring) \d+"
    r"|[가-힣]+(?:특별시|광역시|시|도) ?[가-힣]+(?:구|군|시)|[가-힣]+로 ?\d+(?:길)?|[一-龥]{2,3}[都道府県][一-龥]{1,6}[市区町村]|[一-龥]{2,8}(?:市|区)[一-龥\d]{1,12}(?:路|街|大道|号)"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?: ?(?:\.|\(dot\)|\[dot\]) ?[\w-]+)+")
URL = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|net|org|eu|de|fr|es|it|kr|cn|jp|uk|shop|store|app|io|example|gov|europa)\b(?:/\S*)?"
)
URLISH = re.compile(r"[a-z\d]\.[a-z]{2}|://")
NUMBERED = re.compile(
    rf"(?P<date>\b\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}\b|\b\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}\b|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월](?:\s?\d{{1,2}}\s?[日일])?"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th|er|º|°)?\.? (?:de )?)?(?:{MONTHS})\.?(?: \d{{1,2}}(?:st|nd|rd|th)?,?)?(?: de| del)? (?:19|20)\d{{2}}\b)"
    r"|(?P<article>\b(?:art(?:icle|ikel|ículo|icolo|\.)?s?|§) ?(?P<number>\d{1,3})(?:[ (]?(?:abs|para?|lit|paragraph|apartado|comma|lettera|alinéa|[a-z]|\d)\b[.)]?|\(\w\)|\)){0,6}"
    r"|제 ?(?P<number_ko>\d{1,3}) ?조|第 ?(?P<number_zh>\d{1,4}) ?条)"
    rf"|(?P<postal>(?-i:{ADDRESS}))"
    r"|(?P<phone>\+\d[\d ()/.-]{6,18}\d|\(?0\d{1,4}\)?[ /.-]\d[\d /.-]{4,14}\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{2,4}-\d{3,4}-\d{4}\b)"
    r"|(?P<period>\b\d{1,3}[ -]?(?:days?|months?|years?|weeks?|hours?|tagen?|monaten?|jahren?|wochen?|jours?|mois|ans?|années|días?|mes(?:es)?|años?|giorni|mes[ei]|ann[oi])\b|\d{1,3} ?(?:年|个?月|か月|ヶ月|日|天|년|개월|일)(?:间|間|간)?)",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
WORD = re.compile(r"«\w+»|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
NAMES = re.compile(
    r"(?<=[a-z,:(“\"] )(?:[A-Z][\w&’'-]+)(?: (?:[A-Z][\w&’'-]+|&|of|and(?= [A-Z])))*|(?<=[(“\"])[A-Z][\w&’'-]+"
)
RUN = re.compile(r"«\w+»|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[a-z]+|\d+")


@cache
def words_of(name: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(item, words) of a language in ``words.toml`` (which may tell of the item) or ``telling.toml`` (which do, or nearly so)."""
    table = tomllib.loads(files("auditor.rules.policy").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return tuple((item, tuple(words.split(", "))) for item, words in table[language].items())


Words = tuple[tuple[str, str, tuple[str, ...]], ...]  # (item, mark, words)


@cache
def lexicon(language: str) -> Words:
    """The words of a language by item and mark: ``~``, or ``=`` for those that tell of it by themselves."""
    files_and_marks = (("words", "~"), ("telling", "="))
    return tuple((item, mark, words) for name, mark in files_and_marks for item, words in words_of(name, language))


def standing_in(document: Document, language: str) -> Words:
    """The part of the lexicon that stands anywhere in a document: what ``proposed`` needs for its sentences."""
    found = ((item, mark, document.standing(words)) for item, mark, words in lexicon(language))
    return tuple(row for row in found if row[2])


def proposed(text: str, words: Words) -> dict[str, str]:
    """The items of which a word stands in a text, each with its mark."""
    lowered = text.lower()
    found = {}
    for item, mark, some in words:
        for word in some:
            if word in lowered:
                found[item] = mark
                break
    return found


def features(text: str, language: str, words: Mapping[str, str]) -> Iterator[str]:
    """What stands in a sentence. ``words`` is what ``proposed`` says of it: features that all languages share."""
    yield "«length»" + str(min(len(text) // 60, 4))
    yield from set(_grams(text, language))
    yield from (f"{mark}{item}" for item, mark in words.items())


def heading_features(heading: str, language: str, words: Mapping[str, str]) -> Iterator[str]:
    """The same of the heading, or the words that lead in to a sentence, marked ``h:``."""
    yield from (f"h:{gram}" for gram in set(_grams(heading, language)))
    yield from (f"h:{mark}{item}" for item, mark in words.items())


def _grams(text: str, language: str) -> Iterator[str]:
    words = list(_words(text, language))
    yield from words
    if language in CJK:
        return
    yield from map(" ".join, pairwise(words))
    yield from (f"{word[:STEM]}-" for word in words if len(word) > STEM)


def _words(text: str, language: str) -> Iterator[str]:
    text = _typed(text)
    if language in CJK:
        for run in RUN.findall(text.lower()):
            yield from _characters(run)
        return
    if language != "de":
        text = NAMES.sub("«name»", text)
    yield from ("#" if word.isdigit() else word for word in WORD.findall(text.lower().replace("’", "'")))


def _characters(run: str) -> Iterator[str]:
    if run.startswith("«") or run.isascii():
        yield "#" if run.isdigit() else run
        return
    yield from (run[at : at + size] for size in (2, 3) for at in range(len(run) - size + 1))


def _typed(text: str) -> str:
    """A text with addresses, numbers and forms of companies replaced by what they are; each kind is looked for only where it can be."""
    if "@" in text or "at)" in text or "at]" in text:
        text = EMAIL.sub(" «email» ", text)
    if URLISH.search(text):
        text = URL.sub(" «url» ", text)
    if DIGIT.search(text):
        text = NUMBERED.sub(_kind, text)
    return COMPANY.sub(" «company» ", text)


def _kind(match: re.Match[str]) -> str:
    number = match.group("number") or match.group("number_ko") or match.group("number_zh")
    return f" «article{number}» " if number else f" «{match.lastgroup}» "
