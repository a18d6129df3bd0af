"""Placeholders that people write for people: brackets with a slot's name, filler characters, draft marks, formats of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from auditor.document import Document
from auditor.legal import LegalPage
from auditor.model import record
from auditor.passages import Passage
from auditor.rules.gaps.gaps import MAX_GAPS, lexicon, matches
from auditor.rules.gaps.values import is_blank_form

MESSAGE = "A placeholder stands where a value should"
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BRACKETS = re.compile(
    r"(?P<double><<(?P<a>[^<>\n]{1,60})>>|««?(?P<b>[^«»\n]{1,60})»»?)"
    r"|(?P<square>(?<![\[A-Za-z0-9_])\[(?P<c>[^\[\]\n]{1,240})\](?!\])|［(?P<d>[^［］\n]{1,80})］)"
    r"|(?P<corner>【(?P<e>[^【】\n]{1,60})】|〔(?P<f>[^〔〕\n]{1,60})〕)"
    r"|(?P<angle><(?P<g>[^<>\n=/]{1,60})>|＜(?P<h>[^＜＞\n]{1,60})＞|〈(?P<i>[^〈〉\n]{1,40})〉)"
    r"|(?P<brace>(?<![\w{$#@*%])\{(?P<j>(?=[^{}]*(?: |[^\x00-\x7f]))[^{}\n:;$%#]{2,80})\}(?!\}))"
    r"|(?P<stars>\*\*(?P<l>[^*\n]{3,60})\*\*)"
    r"|(?P<round>[(（](?P<k>[^()（）\n]{2,20})[)）])"
)
PROTECTED = "email protected"  # what Cloudflare shows where its script did not run
SHORT_VALUE = 60  # characters behind a label in brackets
# What follows a name in a sentence: particles and verbs
GOES_ON = r"은|는|이|가|을|를|의|에서|과|와|は|が|の|を|と|由|尊重|是|承诺|非常|将|的|（|\(|及|为|致力|重视|深知|有权|保留|严格"
OPENING = (
    "[",
    "［",
    "【",
    "〔",
    "<",
    "＜",
    "〈",
    "{",
    "«",
    "**",
    "（",
    "(회",
    "(상",
    "(기",
    "(쇼",
    "(사",
    "(업",
    "(公",
    "(网",
    "(会",
    "(店",
)
FILLING = (
    "xx",
    "××",
    "ｘｘ",
    "××",
    "×",
    "○",
    "◯",
    "〇",
    "●●",
    "△△",
    "□□",
    "◇◇",
    "◎",
    "■■",
    "▲▲",
    "＊＊",
    "oo",
    "ｏｏ",
    "ㅇㅇ",
    "某某",
    "__",
    "＿＿",
    ".....",
    "……",
    "‥‥",
    "icp备",
    "icp證",
    "icp证",
    "icp備",
)
FILLER = re.compile(r"[●•○◯〇□■△▲◇◆＿_XxＸ×*＊?？.…\s/–—-]+")
NO_FILLER = frozenset(["x", "X", "*", "**", "***", "?", "○", "□", "■", "△"])  # boxes, ticks and footnotes
CALLS = re.compile(
    r"(?:[:：]|\b(?:at|to|by|of|unter|an|von|durch|à|au|par|de|a|en|por|al|da|di|presso)) ?$", re.IGNORECASE
)
VALUE = re.compile(r"@|\d{3}|https?:|www\.|\.(?:com|de|fr|es|it|net|org|kr|cn|jp|shop)\b")
MASKED = re.compile(r"[Xx×*＊•●]{2,}+(?:[ -][Xx×*＊•●]{2,}+)*[ -]?\d{2,}")
ROMAN_AFTER = re.compile(
    r"(?:chapters?|titles?|parts?|books?|sections?|articles?|annex(?:es)?|schedule|volume|titre|livre|chapitre|partie|annexe|título|capítulo|libro|anexo|parte|"
    r"titolo|capo|allegato|teil|kapitel|buch|anhang|abschnitt|siècle|siglo|secolo|jahrhundert|century|n[o.°]|\bet|\band|\bund|\by|\be|[IVXL]+[,–-]) ?$",
    re.IGNORECASE,
)
ROMAN_BEFORE = re.compile(
    r"^\s?(?:e siècle|siècle|secolo|jahrhundert|century|\. Jahrhundert|th\b|[,–-] ?[IVXL]+\b|\. |\))", re.IGNORECASE
)
EXAMPLE_BEFORE = re.compile(
    r"(?:e\.g\.|for example|such as|z\. ?B\.|beispielsweise|etwa|par exemple|p\. ?ex\.|ejemplo|esempio|예\)|예:|예시|예를|例如|例：|例:|（例|\(例|例えば|たとえば|如：|比如|形式|format|formato)[^.。\n]{0,25}$",
    re.IGNORECASE,
)
UNITS = (
    r"days?|weeks?|months?|years?|hours?|business|working|tagen?|wochen?|monaten?|jahren?|stunden|werktagen?|jours?|semaines?|mois|ans?|années?|heures|"
    r"d[ií]as|semanas|meses|años|horas|giorni|settimane|mesi|anni|ore|%|€|\$|£|eur|euros?|usd"
)
CJK_UNITS = "年年|년|월|일|개월|시간|원|天|日|月|年|个月|個月|小时|元|か月|ヶ月|カ月|営業日|円|号|號"
ORGANISATIONS = (
    "株式会社|有限会社|合同会社|주식회사|㈜|\\(주\\)|（주）|公司|有限|集团|网|網|商城|店|쇼핑몰|몰|사이트|회사"
)
PLACES = "市|区|區|県|都|시|구|동|로"
FILLERS = re.compile(
    rf"(?P<symbols>[○◯〇●△□◇◎■▲＊]{{2,}}|(?<![A-Za-z0-9])[OㅇＯ]{{2,4}}(?=[가-힣]|\s[가-힣(]|[.,]?$)|某某+)"
    rf"|(?P<x>(?<![\w*])(?:[xX]{{3,}}+|XX(?!X))(?:[ ./-][xX]{{2,}}+)*(?![A-Za-z*])|(?<![xX×Ｘ])[xX×Ｘ]{{2,}}+(?=(?:{ORGANISATIONS}|{PLACES}|{CJK_UNITS}))|(?<=公司|会社|회사)[xX×Ｘ]{{2,}}|[×Ｘ]{{2,}})"
    rf"|(?P<line>_{{3,}}|＿{{2,}}|(?<=[:：])\s?(?:\.{{5,}}|…{{3,}}|‥{{3,}})(?!\s?\d))"
    rf"|(?P<icp>[\u4e00-\u9fff]?ICP[备證证備] ?(?:第 ?)?(?:[xX×*＊○〇?？]+\d*|\d*[xX×*＊○〇?？]{{2,}}\d*|0{{6,}}) ?号?)"
)


def look(page: LegalPage) -> Iterator[Passage]:
    """Everything on a page that somebody should have replaced."""
    document = page.document
    assert document is not None
    found: list[Passage] = []
    for finder in (_dates, _brackets, _fillers, _drafts):
        for gap in islice(finder(document), MAX_GAPS):
            if not any(gap.start < other.end and other.start < gap.end for other in found):
                found.append(gap)
    yield from found


def _mark(document: Document, start: int, end: int, slot: str) -> Passage:
    return Passage(start=start, end=end, slot=slot, anchor=document.text[start:end].strip(), message=MESSAGE)


# --- brackets ---------------------------------------------------------------------------------------------------


@record
class _Bracket:
    kind: str  # double, square, corner, angle, brace or round
    content: str
    before: str  # of the same block
    after: str


def _brackets(document: Document) -> Iterator[Passage]:
    for match in matches(document, BRACKETS, OPENING):
        kind = match.lastgroup if match.lastgroup and len(match.lastgroup) > 1 else _kind(match)
        content = next(
            text for text in match.groupdict().values() if text is not None and text != match.group(kind)
        ).strip()
        block = document.block_at(match.start())
        bracket = _Bracket(
            kind=kind,
            content=content,
            before=document.text[block.start : match.start()],
            after=document.text[match.end() : block.end],
        )
        linked = any(
            span.end - span.start >= len(content)
            for span in document.spans_in(match.start() + 1, match.end() - 1, "link", "email")
        )
        if not linked and _is_placeholder(bracket) and not EXAMPLE_BEFORE.search(bracket.before):
            yield _mark(document, match.start(), match.end(), "placeholder")


def _kind(match: re.Match[str]) -> str:
    return next(name for name, text in match.groupdict().items() if text is not None and len(name) > 1)


def _is_placeholder(bracket: _Bracket) -> bool:
    content = bracket.content
    if content.casefold() == PROTECTED:
        return False
    if bracket.kind == "round":
        return _stands_alone(bracket)
    if FILLER.fullmatch(content):
        return _is_filler(bracket)
    if _is_label(bracket):
        return False
    return _is_named(bracket) and not _is_editorial(bracket)


def _is_editorial(bracket: _Bracket) -> bool:
    """Whether one word in brackets inside a quotation explains it: “the [Seller] shall”."""
    return (
        len(bracket.content.split()) == 1
        and bool(re.search("[“«„][^”»“„]*$", bracket.before))
        and not bracket.content.isupper()
    )


def _is_named(bracket: _Bracket) -> bool:
    """Whether the content names a value instead of being one."""
    return _is_named_in_cjk(bracket) if CJK.search(bracket.content) else _is_named_in_latin(bracket)


def _is_named_in_cjk(bracket: _Bracket) -> bool:
    nouns = _cjk_nouns()
    parts = [part for part in re.split("[/／・·,，、|]+|또는|或者|或|及び|または", _squeezed(bracket.content)) if part]
    if parts and all(part in nouns for part in parts):
        return True
    told = _instructions("cjk").search(bracket.content)
    return bracket.kind not in ("round", "double") and bool(told) and not VALUE.search(bracket.content)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _is_named_in_latin(bracket: _Bracket) -> bool:
    content, kind = bracket.content, bracket.kind
    words = [word.strip(".-") for word in re.findall(r"[\w.’'-]+", content.casefold()) if word.strip(".-")]
    nouns, fill = _latin_words()
    if kind == "double":
        return _is_mail_merge(content, words, nouns)
    if kind in ("square", "brace", "stars", "angle") and (
        _is_shouted(content, words, nouns) or _is_asked_for(content, words)
    ):
        return True
    if kind in ("stars", "round"):
        return False
    if words and all(word in nouns or word in fill for word in words) and any(word in nouns for word in words):
        return True
    return kind != "corner" and bool(_instructions("latin").search(content)) and not content.endswith("?")


def _is_asked_for(content: str, words: list[str]) -> bool:
    """A few words that begin with what is asked for: [Email for privacy requests]."""
    return (
        bool(words)
        and words[0] in _leading_nouns()
        and len(words) <= 6
        and content[-1] not in ".?!"
        and not VALUE.search(content)
    )


def _is_shouted(content: str, words: list[str], nouns: frozenset[str]) -> bool:
    """Capitals, as templates shout what to put in: [LISTA DE PROVEEDORES], [COMPANY_NAME], [STATE]."""
    if not content.isupper() or re.search(r"\d{2}", content):
        return False
    if len(words) == 1:
        return "_" in content or words[0] in nouns
    return any(len(word) > 3 for word in words)


def _is_mail_merge(content: str, words: list[str], nouns: frozenset[str]) -> bool:
    """«FIRMA» or <<company_name>>: guillemets also quote, and only capitals, identifiers and instructions are sure to be fields."""
    if (content.isupper() and len(content) > 2) or re.fullmatch(r"\w+_\w+", content):
        return "_" in content or (bool(words) and all(word in nouns for word in words))
    return bool(words) and all(word in nouns for word in words) and bool(_instructions("latin").search(content))


def _is_filler(bracket: _Bracket) -> bool:
    """Brackets with nothing but filler: boxes to tick, omissions in quotations, footnotes and dashes are none."""
    content = bracket.content.replace(" ", "")
    if bracket.kind == "double":
        return set(content) <= set("_Xx●") and len(content) > 1
    if bracket.kind not in ("square", "angle", "brace", "corner") or content in NO_FILLER or not content.strip("-–—/"):
        return False
    if set(content) <= set(".…"):
        return CALLS.search(bracket.before) is not None
    return True


def _is_label(bracket: _Bracket) -> bool:
    """Whether a bracket at the beginning of a line or sentence is a label or a heading in brackets, its value behind it."""
    before, after = bracket.before.strip(" ·•-–*※ㆍ○■▶1234567890.)"), bracket.after.strip()
    if bracket.kind in ("square", "corner") and re.match(r"[+(]?\d{2}|\S{1,40}@", after):
        return True
    if bracket.kind not in ("square", "corner", "angle") or (
        before and bracket.before.rstrip()[-1] not in ".。!?；;|/】]"
    ):
        return False
    if re.match(r"[:：]", after):
        return True
    if re.match(GOES_ON, after):
        return False
    if CJK.search(bracket.content):
        return bracket.kind == "corner" or bool(VALUE.search(after[:SHORT_VALUE]))
    return (
        bool(VALUE.search(after))
        and len(after) < SHORT_VALUE
        and not after.endswith(".")
        and not BRACKETS.search(after)
    )


def _stands_alone(bracket: _Bracket) -> bool:
    """Whether round brackets stand where a name should: nothing in front that they could explain."""
    folded = _squeezed(bracket.content)
    if folded not in _cjk_nouns() or not re.search("名|명|称|稱", folded):
        return False
    return not re.search(r"[\w)）」』]$", bracket.before) and bool(
        re.match(r"\s?(?:[(（]|은|는|이|가|의|は|が|の|尊|承|重|非|（以下)", bracket.after)
    )


# --- fillers ----------------------------------------------------------------------------------------------------


def _fillers(document: Document) -> Iterator[Passage]:
    for match in matches(document, FILLERS, FILLING):
        block = document.block_at(match.start())
        before, after = document.text[block.start : match.start()], document.text[match.end() : block.end]
        if _is_meant(match, before, after) or (
            match.group("line") and (is_blank_form(document, block) or not (before + after).strip(" _"))
        ):
            continue
        start, end = _extended(document, match.start(), match.end(), block.start, block.end)
        yield _mark(document, start, end, "placeholder")


def _is_meant(match: re.Match[str], before: str, after: str) -> bool:
    """Whether filler characters are meant: a mask in an explanation, a Roman number, an example, a signature's line."""
    text = match.group()
    around = before[-40:] + text + after[:40]
    if (
        EXAMPLE_BEFORE.search(before)
        or MASKED.search(text[-40:] + after[:8])
        or re.search(r"\d{1,3}\.\d{1,3}\.(?:\d{1,3}\.)?$", before)
    ):
        return True
    if re.search(
        r"\bIP\b|\bIPv[46]\b|card|karte|carte|tarjeta|carta di|IBAN|카드|卡号|カード|mask|anonym|가명|마스킹", around
    ) and match.group("x"):
        return True
    if re.fullmatch("X{2,3}", text):
        return not _is_x_value(before, after)
    if re.match(r"[\w.-]{0,30}\s?@", after) or re.search(r"@\S*$|(?:https?://|www\.)\S*$", before):
        return True  # an address, whose rule is another
    if match.group("symbols"):
        if re.match("様|さん|님|씨", after):
            return True
        return bool(re.search(r"[○△□×◯●]\s*$", before[:-1])) or (
            bool(re.fullmatch(r"\W*", before + after)) and len(text) > 3
        )
    return bool(match.group("line")) and bool(
        re.match(r"\s?\(?(?:signature|unterschrift|firma|서명|签|署名)", after, re.IGNORECASE)
    )


def _is_x_value(before: str, after: str) -> bool:
    """Whether XX or XXX stands for a value, and is no Roman number or size."""
    if ROMAN_AFTER.search(before) or re.match(r"[LS]\b|-?rated", after):
        return False
    if re.match(rf"\s?(?:{UNITS})\b|\s?(?:{CJK_UNITS}|{ORGANISATIONS})|[ -]?[Xx\d]", after, re.IGNORECASE):
        return True
    if re.search(rf"(?:[:：]|\+\d\d? ?|\(0\)|{ORGANISATIONS}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]) ?$", before):
        return True
    return not ROMAN_BEFORE.search(after) and bool(
        re.search(
            r"\b(?:by|company|firm|von|durch|firma|société|par|empresa|por|società|da|at|unter|von) $",
            before,
            re.IGNORECASE,
        )
    )


def _extended(document: Document, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Take in what belongs to the value: the rest of a company's name or number that the filler stands in."""
    before = re.search(r"(?:(?:株式会社|주식회사|\(주\)|㈜) ?|[\d+()-]+)$", document.text[first:start])
    after = re.match(rf" ?(?:{ORGANISATIONS}|{CJK_UNITS})(?:公司|会社)?| (?:{UNITS})\b|[\d-]+", document.text[end:last])
    return start - (len(before.group()) if before else 0), end + (len(after.group()) if after else 0)


# --- drafts and dates -------------------------------------------------------------------------------------------


def _drafts(document: Document) -> Iterator[Passage]:
    for match in matches(document, _patterns("drafts"), _triggers("drafts")):
        yield _mark(document, match.start(), match.end(), "draft")


def _dates(document: Document) -> Iterator[Passage]:
    hints = re.compile(lexicon("placeholders")["dates"]["hints"], re.IGNORECASE)
    for match in matches(document, _patterns("dates"), _triggers("dates")):
        block = document.block_at(match.start())
        if (
            not hints.search(document.text[max(block.start, match.start() - 50) : min(block.end, match.end() + 30)])
            and not block.form
        ):
            yield _mark(document, match.start(), match.end(), "date")


@cache
def _patterns(table: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon("placeholders")[table]["patterns"]), re.MULTILINE)


@cache
def _triggers(table: str) -> tuple[str, ...]:
    return tuple(lexicon("placeholders")[table]["on"])


@cache
def _instructions(script: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon("placeholders")["instructions"][script]), re.IGNORECASE)


@cache
def _cjk_nouns() -> frozenset[str]:
    return frozenset(word.casefold() for word in lexicon("placeholders")["nouns"]["cjk"])


@cache
def _leading_nouns() -> frozenset[str]:
    return frozenset(lexicon("placeholders")["nouns"]["leading"])


@cache
def _latin_words() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns for values, and the words that may stand with them."""
    data = lexicon("placeholders")["nouns"]
    nouns = frozenset(word for language in ("en", "de", "fr", "es", "it") for word in data[language])
    return nouns, frozenset(data["with"])
