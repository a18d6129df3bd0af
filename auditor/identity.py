"""Who says to operate a shop: names with a legal form, postal addresses, registration and tax numbers, phones and e-mails in a document.

Every fact is a range of ``document.text``. ``whose`` says whether the text calls it the operator's: a policy names processors,
authorities and hosts with numbers and addresses of their own. Words and patterns are in ``data/identity.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Literal

from auditor.document import Block, Document
from auditor.legal_names import fold
from auditor.model import record

REACH = 260  # characters in front of a name in which a label may stand
NEAR = 300  # characters behind a name in which numbers and addresses are its own
LABEL_LINES = 3  # lines above a value whose words may say that it is somebody else's
HEADING = 90  # characters of a bold or short line that can be a heading
SECTION = 6  # blocks between a heading and what it still speaks of
MAX_FACTS = 200  # of a kind in a document
# Between a label and its number: a few words, the paragraph of a statute, the end of a cell
BETWEEN = r"(?:[^\n\d]{0,45}?(?:27\s?a?[^\n\d]{0,40}?)?)\n?[^\n\w]{0,8}?"
NO_NUMBER = re.compile(r"capital|kapital|\bt[ée]l|phone|fax|전화|电话|電話", re.IGNORECASE)
AMOUNT = re.compile(r"[.,]?\d{0,2}\s?(?:€|EUR|euros?\b)", re.IGNORECASE)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])")
LATIN_WORD = re.compile(r"[^\W\d_][\w'’]+|\d{2,}")
# Words in front of a name that a pattern cannot tell from it
LEADING = re.compile(
    r"^(?:[一-鿿]{1,20}?(?:由|归|(?:者|方|名称|主体|人)[为是])|(?:An|Die|Der|Das|The|Firma|La|Le|Il|El)\s)(?=.{4})"
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

Kind = Literal["name", "number", "address", "phone", "e-mail"]
Whose = Literal["operator", "other", ""]


@record
class Fact:
    """One value at ``text[start:end]``, ``value`` is how it is compared."""

    kind: Kind
    value: str
    start: int
    end: int
    scheme: str = ""  # of a number: what it numbers; of a name: its legal form
    valid: bool | None = None  # of a number: what its checksum says; None where there is none
    whose: Whose = ""  # "" when the text does not say


@cache
def lexicon() -> dict[str, Any]:
    """The tables of ``data/identity.toml``."""
    return tomllib.loads(files("auditor").joinpath("data/identity.toml").read_text(encoding="utf-8"))


# --- names ------------------------------------------------------------------------------------------------------


def names(document: Document) -> list[Fact]:
    """Company names with a legal form, in the order of the text."""
    found: list[Fact] = []
    for pattern, latin in _name_patterns():
        for match in pattern.finditer(document.text):
            if any(match.start() < fact.end and fact.start < match.end() for fact in found):
                continue
            form = _form(match.group("form")) if latin else "cjk"
            start = match.end() - len(LEADING.sub("", match.group()))
            fact = Fact(
                kind="name", value=core(document.text[start : match.end()]), start=start, end=match.end(), scheme=form
            )
            found.append(fact)
            if len(found) >= MAX_FACTS:
                break
    found.sort(key=lambda fact: fact.start)
    return [_owned(document, fact) for fact in found if fact.value]


@cache
def _name_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    forms = lexicon()["forms"]
    form = "|".join(forms["latin"])
    first = r"(?:[A-ZÀ-ÖØ-Þ][\w'’.&+-]{0,30}|\d{1,4}[A-Za-z][\w-]{0,20})"
    more = r"(?:[A-ZÀ-ÖØ-Þ0-9&+][\w'’.&+-]{0,30}|of|and|und|et|y|e|de|du|des|del|di|da|für|for|the|la)"
    latin = rf"(?<![\w&]){first}(?: {more}){{0,5}}?,? (?P<form>{form})(?![\w])"
    word = r"[가-힣A-Za-z0-9&.]{1,20}"
    # What follows the form may be the next label rather than the name
    label = r"(?!(?:대표|사업자|주소|이하|통신|개인정보|고객)[가-힣]{0,4}\b)"
    subject = r"[가-힣A-Za-z0-9&.]{1,20}?(?=[이가은는] ?(?:운영|제공))"
    ko_before = rf"(?:{forms['ko_before']}) ?{label}(?:{subject}|{word})"
    ko_after = rf"{word} ?(?:{forms['ko_after']})"
    character = r"[一-鿿ぁ-ゖァ-ヺー々・&＆A-Za-z0-9]"
    ja = rf"(?:{forms['ja']}) ?{character}{{1,20}}|{character}{{2,20}}(?:{forms['ja']})"
    zh = rf"[一-鿿（）()A-Za-z0-9·]{{2,30}}?(?:{forms['zh']})"
    return ((re.compile(latin), True), *((re.compile(cjk), False) for cjk in (ko_before, ko_after, zh, ja)))


def _form(text: str) -> str:
    bare = re.sub(r"[\s.,()&/]", "", fold(text))
    return lexicon()["forms"]["same"].get(bare, bare)


@cache
def core(name: str) -> str:
    """A company's name without its legal form, folded."""
    forms = lexicon()["forms"]
    bare = re.sub(rf"{forms['ko_before']}|{forms['ja']}|{forms['zh']}", " ", name)
    if bare == name:
        bare = re.sub(rf",? (?:{'|'.join(forms['latin'])})(?!\w).*$", "", name)
    return " ".join(re.findall(r"[\w&]+", fold(bare)))


def same_company(one: str, other: str) -> bool:
    """Whether two names (``core``) may be one company's, or of companies that belong together.

    Names in different scripts cannot be compared, and may.
    """
    if bool(CJK.search(one)) != bool(CJK.search(other)):
        return True
    shared = _telling(one) & _telling(other)
    compact = [re.sub(r"\W", "", text) for text in (one, other)]
    if shared or compact[0] in compact[1] or compact[1] in compact[0]:
        return True
    return _initials(one) in other.split() or _initials(other) in one.split()


@cache
def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others; for Chinese, Japanese and Korean, which do not part them, pairs of characters."""
    forms = lexicon()["forms"]
    if CJK.search(name):
        pieces = re.sub(rf"{forms['common_cjk']}", " ", name).split()
        return frozenset(piece[i : i + 2] for piece in pieces for i in range(max(len(piece) - 1, 1)))
    words = [word.strip("'’") for word in LATIN_WORD.findall(name)]
    return frozenset(word for word in words if word not in forms["common"]) or frozenset(words)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()) if len(name.split()) > 1 else "\0"


def _owned(document: Document, fact: Fact) -> Fact:
    """A name with whose it is: the operator's by its label or by a definition behind it."""
    before = document.text[max(fact.start - REACH, 0) : fact.start]
    labelled = _labels().search(before)
    whose: Whose = ""
    if speaks_of_others(document, fact.start, labelled.start() + max(fact.start - REACH, 0) if labelled else None):
        whose = "other"
    elif labelled or defines_operator(document, fact):
        whose = "operator"
    return Fact(kind="name", value=fact.value, start=fact.start, end=fact.end, scheme=fact.scheme, whose=whose)


def defines_operator(document: Document, name: Fact) -> bool:
    """Whether the words right behind a name make it "us", or say that it runs the shop: nothing says so more clearly."""
    return _definitions().search(document.text[name.end : name.end + 2 * REACH]) is not None


@cache
def _labels() -> re.Pattern[str]:
    table = lexicon()["operators"]
    return re.compile(rf"(?:{table['before']}{table['gap']}{{0,60}}|{table['sentence']})\Z", re.IGNORECASE)


@cache
def _definitions() -> re.Pattern[str]:
    return re.compile(lexicon()["operators"]["after"], re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(lexicon()["others"]["words"], re.IGNORECASE)


def speaks_of_others(document: Document, position: int, since: int | None = None) -> bool:
    """Whether the text in front of a position, its heading included, speaks of somebody else than the operator.

    ``since``: where a label begins that calls for the operator; only what stands behind it can contradict.
    """
    block = document.block_at(position)
    if since is not None:
        heading = next((text for text, is_heading in _above(document, block) if is_heading), "")
        return bool(_others().search(document.text, since, position) or _others().search(heading))
    if _others().search(document.text, block.start, min(block.end, position)):
        return True
    return any(_others().search(text) for text, _ in _above(document, block))


def _above(document: Document, block: Block) -> Iterator[tuple[str, bool]]:
    """The lines that go on in this block, and the nearest heading (then True)."""
    for steps, other in enumerate(reversed(document.blocks[max(block.number - SECTION * 2, 0) : block.number])):
        text = document.of(other)
        short = other.end - other.start < HEADING
        if other.kind == "heading" or (other.bold and short):
            yield text, True
            return
        if steps < LABEL_LINES and (short or block.continued):
            yield text, False


# --- numbers ----------------------------------------------------------------------------------------------------


def numbers(document: Document) -> list[Fact]:
    """Labelled registration and tax numbers, in the order of the text, each once."""
    known = names(document)
    operators = [fact for fact in known if fact.whose == "operator"]
    found: dict[tuple[int, int], Fact] = {}
    for table in lexicon()["numbers"]:
        pattern = _number_pattern(table["scheme"])
        for block in document.holding(tuple(table["on"])):
            for match in pattern.finditer(document.text, block.start, min(block.end + 50, len(document.text))):
                if match.start() >= block.end or len(found) >= MAX_FACTS:
                    break
                if _is_something_else(document.text, match):
                    continue
                fact = _number(document, table, match, known, operators)
                found.setdefault((fact.start, fact.end), fact)
    facts = sorted(found.values(), key=lambda fact: (fact.start, -fact.end))
    return [fact for index, fact in enumerate(facts) if not index or fact.start >= facts[index - 1].end]


@cache
def _number_pattern(scheme: str) -> re.Pattern[str]:
    table = next(table for table in lexicon()["numbers"] if table["scheme"] == scheme)
    return re.compile(rf"(?:{table['label']}){BETWEEN}(?P<value>{table['value']})(?![\w])", re.IGNORECASE)


def _number(
    document: Document, table: dict[str, Any], match: re.Match[str], known: list[Fact], operators: list[Fact]
) -> Fact:
    start, end = match.span("value")
    scheme, value = _compared(table["scheme"], match.group("value"))
    whose = _whose(document, start, known, operators)
    return Fact(
        kind="number",
        value=value,
        start=start,
        end=end,
        scheme=scheme,
        valid=is_valid(value, table.get("check", "")),
        whose=whose,
    )


def _compared(scheme: str, text: str) -> tuple[str, str]:
    """The scheme and value by which a number is compared, whatever is left out or added when it is written."""
    value = re.sub(r"[\s./:–-]", "", text).upper().replace("Ｔ", "T")
    digits = re.sub(r"\D", "", value)
    if scheme == "vat":
        return f"vat-{value[:2].lower()}", value
    if scheme == "it-vat":
        return "vat-it", f"IT{digits}"
    if scheme == "de-register":
        return f"de-{value[:3].lower()}", f"{value[:3]}{digits}"
    if scheme == "fr-siren":
        return scheme, digits
    if scheme == "es-nif":
        return scheme, value.removeprefix("ES")
    if scheme == "uk-company" and value == digits:
        return scheme, digits.zfill(8)
    if scheme == "kr-mail-order":  # the district may be written in full or not
        year, *_, number = re.findall(r"\d+", text)
        return scheme, f"{year}-{int(number)}"
    return scheme, value


def is_valid(value: str, check: str) -> bool | None:
    """What the checksum of a module of python-stdnum says; None when there is no such module."""
    if not check:
        return None
    if check == "eu.vat":
        check, value = {"GB": "gb.vat", "XI": "gb.vat"}.get(value[:2], check), value.replace("XI", "GB", 1)
    if check == "it.iva":
        value = value.removeprefix("IT")
    if check == "kr.brn" and not _kr_sum_holds(value):
        return False
    return bool(import_module(f"stdnum.{check}").is_valid(value))


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    """Whether a number behind a label is an amount or a telephone number."""
    between = text[match.start() : match.start("value")]
    return NO_NUMBER.search(between) is not None or AMOUNT.match(text, match.end()) is not None


def _kr_sum_holds(value: str) -> bool:
    """The check digit of a Korean business number, which python-stdnum does not look at."""
    digits = [int(character) for character in value if character.isdigit()]
    if len(digits) != 10:
        return False
    total = sum(a * b for a, b in zip(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=False)) + digits[8] * 5 // 10
    return (total + digits[9]) % 10 == 0


def _whose(document: Document, position: int, known: list[Fact], operators: list[Fact]) -> Whose:
    """Whose a value is: of the company named last in front of it, unless the words in between speak of others."""
    if speaks_of_others(document, position):
        return "other"
    near = [fact for fact in known if fact.end <= position and position - fact.end <= NEAR]
    if not near:
        return ""
    last = near[-1]
    if last.whose == "other":
        return "other"
    if last.whose == "operator" or any(same_company(last.value, fact.value) for fact in operators):
        return "operator"
    return ""


# --- addresses --------------------------------------------------------------------------------------------------


def addresses(document: Document) -> list[Fact]:
    """Postal addresses: street and postcode, or as Korean, Chinese and Japanese write them; ``value`` is both, folded."""
    known = names(document)
    operators = [fact for fact in known if fact.whose == "operator"]
    found = [*_western(document), *_eastern(document)]
    return [
        Fact(
            kind="address",
            value=value,
            start=start,
            end=end,
            whose=_whose(document, start, known, operators),
        )
        for start, end, value in sorted(found)[:MAX_FACTS]
    ]


@cache
def _address_pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon()["addresses"][name])


def _western(document: Document) -> Iterator[tuple[int, int, str]]:
    text, end = document.text, 0
    for street in _address_pattern("street").finditer(text):
        if street.start() < end:
            continue
        code = _address_pattern("postcode").search(text, street.end(), min(street.end() + 60, len(text)))
        if code and text.count("\n", street.end(), code.start()) <= 2:
            end = code.end()
            yield street.start(), end, f"{_postcode(code.group())} {_street(street.group())}"


def _postcode(text: str) -> str:
    return re.sub(r"^(?:DE?|FR?|IT?|ES?|AT?|CH|BE?|LU?|DK|NO)[- ](?=\d)|\W", "", text).lower()


def _street(text: str) -> str:
    """A street with its number, without how the kind of street is abbreviated."""
    folded = re.sub(r"stra(?:ss|ß)e\b|str\.", "str", fold(text))
    folded = re.sub(r"\b(?:street|st)\b", "st", folded)
    folded = re.sub(r"\b(?:road|rd)\b", "rd", folded)
    folded = re.sub(r"\bavda\b|\bavenida\b|\bavenue\b|\bave\b|\bav\b", "av", folded)
    folded = re.sub(r"\bcalle\b|\bc/", "c ", folded)
    return re.sub(r"\W", "", folded)


def _eastern(document: Document) -> Iterator[tuple[int, int, str]]:
    end = 0
    for name in ("ko", "zh", "ja") if CJK.search(document.text) else ():
        for match in _address_pattern(name).finditer(document.text):
            if name == "ko" or match.start() >= end:
                end = match.end()
                yield match.start(), end, re.sub(r"\W|^.*(?:地址|位于|住所)为?|〒", "", fold(match.group()))


# --- contacts ---------------------------------------------------------------------------------------------------


def emails(document: Document) -> list[Fact]:
    """E-mail addresses in the text and behind its links."""
    found = {
        (match.start(), match.end()): match.group().lower()
        for block in document.holding(("@",))
        for match in EMAIL.finditer(document.text, block.start, block.end)
    }
    for span in document.spans:
        target = (span.target or "").removeprefix("mailto:").partition("?")[0].strip()
        if span.kind in ("link", "email") and EMAIL.fullmatch(target):
            found.setdefault((span.start, span.end), target.lower())
    return [
        Fact(kind="e-mail", value=value, start=start, end=end)
        for (start, end), value in sorted(found.items())[:MAX_FACTS]
    ]


def phones(document: Document, region: str) -> list[Fact]:
    """Telephone numbers, as a country (ISO 3166) writes its own or with a country's prefix; ``value`` is E.164."""
    import phonenumbers  # it loads the numbering plans of all countries: only when asked

    found: dict[tuple[int, int], str] = {}
    for block in document.blocks:
        text = document.of(block)
        if sum(map(str.isdigit, text)) < 7 or len(text) > 4_000:
            continue
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            found[block.start + match.start, block.start + match.end] = number
    for span in document.spans:
        if span.kind == "link" and (span.target or "").lower().startswith("tel:"):
            found.setdefault((span.start, span.end), re.sub(r"[^\d+]", "", span.target or ""))
    return [
        Fact(kind="phone", value=value, start=start, end=end)
        for (start, end), value in sorted(found.items())[:MAX_FACTS]
    ]
