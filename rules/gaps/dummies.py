"""Contacts that do not exist, told by validity: reserved domains, rows of digits, sample names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from urllib.parse import unquote

from auditor.document import Document, Span
from auditor.legal import LegalPage
from auditor.model import Confidence
from auditor.passages import Passage
from auditor.rules.gaps.gaps import MAX_GAPS, in_brackets, lexicon
from auditor.urls import host_of, site_of

EMAIL = re.compile(
    r"(?<![\w.+-])(?P<box>[\w.+-]{1,64})\s?(?:@|＠|\(at\)|\[at\])\s?(?P<domain>[\w-]+(?:\.[\w-]+)*)", re.IGNORECASE
)
URL = re.compile(r"(?P<scheme>https?://|www\.)(?P<host>[\w.-]+)(?::\d+)?(?:/[^\s,;)）]*)?", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.,-])(?:\+|\(0|\(\+)?\d[\d ()/.–-]{4,24}\d(?![\w-])")
PHONE_LABEL = re.compile(
    r"(?:tel(?:e(?:phone|fon|fax|f[oó]nic[oa]|fono))?|phone|mobile?|fax|call|hotline|ring|t[ée]l(?:[ée]phone)?|appel\w*|tel[ée]fono|llam\w+|m[óo]vil|cell\w*|chiam\w+|"
    r"anruf\w*|rufnummer|handy|whatsapp|전화|연락처|고객센터|팩스|대표번호|휴대폰|电话|热线|手机|传真|致电|電話|傳真|专线|FAX|ファックス)[^\n\d@]{0,25}$",
    re.IGNORECASE,
)
OTHER_NUMBER = re.compile(
    r"(?:order|bestell\w*|commande|pedido|ordine|주문|订单|注文|iban|konto\w*|account|sku|art(?:ikel)?|invoice|rechnung\w*)\W*(?:no|nr|number|nummer|n°)?\W*$",
    re.IGNORECASE,
)
LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|.*\.localhost")
# Two digits of every row that is one; separators may stand between any two, so no more can be asked for
ROWS = tuple(
    f"{one}{mark}{other}"
    for one in range(10)
    for other in {one, (one + 1) % 10, (one - 1) % 10}
    for mark in ("", " ", "-")
)
RUN = 7  # digits in a row, up or down, that nobody's number has by chance
SAME = 6  # the same digit in a row
EXAMPLE_REACH = 40
MESSAGES = {
    "e-mail": "The e-mail address does not exist: it is a sample",
    "url": "The web address does not exist: it is a sample",
    "phone": "The phone number is a row of digits, not a number that anybody answers",
    "name": "The name is a sample's, not that of a person or company",
    "address": "The postal address is a sample's",
    "number": "The registration number is a row of digits",
}


def look(page: LegalPage) -> Iterator[Passage]:
    """Dummies anywhere on a legal page, its frame included: a footer's contact is a legal statement too."""
    document = page.document
    assert document is not None
    found: list[Passage] = []
    seen: set[tuple[str, str]] = set()
    finders = (
        _emails(page, document),
        _addresses_of_sites(page, document),
        _phones(document),
        _patterns(document, "names", "name"),
        _people(document),
        _patterns(document, "addresses", "address"),
        _patterns(document, "numbers", "number"),
    )
    for gap in (gap for finder in finders for gap in islice(finder, MAX_GAPS)):
        key = (gap.slot, gap.anchor)
        if key in seen or any(gap.start < other.end and other.start < gap.end for other in found):
            continue
        seen.add(key)
        found.append(gap)
    yield from found


def _gap(document: Document, start: int, end: int, slot: str, confidence: Confidence = "high") -> Passage:
    anchor = document.text[start:end].strip()
    return Passage(start=start, end=end, slot=slot, anchor=anchor, message=MESSAGES[slot], confidence=confidence)


def _is_example(document: Document, start: int) -> bool:
    """Whether a value explains something, or belongs to a control."""
    block = document.block_at(start)
    before = document.text[max(block.start, start - EXAMPLE_REACH) : start]
    if re.search(rf"(?:{lexicon('dummies')['contact']['examples']})(?:[^.。\n]|\.(?=\w))*$", before):
        return True
    return block.kind == "label" or next(document.spans_in(start, start + 1, "code"), None) is not None


# --- e-mail and web ---------------------------------------------------------------------------------------------


def _emails(page: LegalPage, document: Document) -> Iterator[Passage]:
    for match in _found(document, EMAIL, ("@", "＠", "(at)", "[at]")):
        if _is_dummy(match, page) and not _is_example(document, match.start()):
            yield _gap(document, match.start(), match.end(), "e-mail")
    for span in document.spans:
        match = EMAIL.fullmatch(_mail_target(span))
        if match and span.end > span.start and _is_dummy(match, page):
            yield _gap(document, span.start, span.end, "e-mail")


def _is_dummy(match: re.Match[str], page: LegalPage) -> bool:
    return _is_dummy_box(match.group("box")) or _is_dummy_host(match.group("domain"), page)


def _mail_target(span: Span) -> str:
    target = span.target or ""
    return (
        unquote(target[7:].partition("?")[0]).strip()
        if span.kind == "link" and target.lower().startswith("mailto:")
        else ""
    )


def _is_dummy_box(box: str) -> bool:
    return box.casefold().strip(".") in _known("mailboxes")


def _is_dummy_host(host: str, page: LegalPage) -> bool:
    """Whether a host is reserved (RFC 2606, RFC 6761) or a sample's; the audited shop's own host is real whatever its name."""
    host = host.casefold().strip(".")
    own = host_of(page.page.url)
    if host == own or site_of(host) == site_of(own) or (LOOPBACK.fullmatch(host) and LOOPBACK.fullmatch(own)):
        return False
    bare = host.removeprefix("www.")
    ending = host.rpartition(".")[2]
    return (
        bare in _known("domains")
        or site_of(bare) in _known("domains")
        or ("." in host and ending in _known("endings"))
        or bool(LOOPBACK.fullmatch(host))
    )


def _addresses_of_sites(page: LegalPage, document: Document) -> Iterator[Passage]:
    for match in _found(document, URL, ("http", "www.")):
        if _is_dummy_host(match.group("host"), page) and not _is_example(document, match.start()):
            yield _gap(document, match.start(), match.end(), "url")


# --- numbers ----------------------------------------------------------------------------------------------------


def _phones(document: Document) -> Iterator[Passage]:
    for match in _found(document, NUMBER, ROWS):
        digits = re.sub(r"\D", "", match.group())
        if not is_row(digits) or _is_example(document, match.start()):
            continue
        block = document.block_at(match.start())
        before = document.text[block.start : match.start()]
        if not before.strip() and block.number:
            previous = document.blocks[block.number - 1]
            before = document.of(previous) if previous.part == block.part else ""
        in_link = any(
            (span.target or "").startswith("tel:") for span in document.spans_in(match.start(), match.end(), "link")
        )
        formatted = match.group()[0] in "+(" or bool(re.match(r"0\d{1,4}[ /-]", match.group()))
        if OTHER_NUMBER.search(before):
            continue
        if in_link or PHONE_LABEL.search(before) or formatted:
            yield _gap(document, match.start(), match.end(), "phone")


def is_row(digits: str) -> bool:
    """Whether digits are counted up or down, are all one, or are a number reserved for fiction (NANP 555-01xx)."""
    if len(digits) < 6:
        return False
    if re.search(rf"(\d)\1{{{SAME - 1},}}", digits) or re.fullmatch(r"1?\d{3}555(?:01\d\d|5555)", digits):
        return True
    return _longest_run(digits, 1) >= RUN or _longest_run(digits, -1) >= RUN


def _longest_run(digits: str, step: int) -> int:
    """Length of the longest stretch counted by ``step``; after 9 comes 0."""
    longest = run = 1
    for one, other in pairwise(digits):
        run = run + 1 if (int(one) + step) % 10 == int(other) else 1
        longest = max(longest, run)
    return longest


# --- names, addresses, registrations ----------------------------------------------------------------------------


def _people(document: Document) -> Iterator[Passage]:
    """Sample names that real people may have: only where a label calls for the person in charge."""
    label = re.compile(lexicon("dummies")["contact"]["person_labels"], re.IGNORECASE)
    for match in _found(document, _pattern("people"), _on("people")):
        block = document.block_at(match.start())
        before = document.text[block.start : match.start()]
        if not before.strip() and block.number:
            before = document.of(document.blocks[block.number - 1]) + ":"
        if label.search(before) and not _is_example(document, match.start()):
            yield _gap(document, match.start(), match.end(), "name", "medium")


def _patterns(document: Document, table: str, slot: str) -> Iterator[Passage]:
    """Samples of a table; what stands in a placeholder's brackets is that placeholder."""
    for match in _found(document, _pattern(table), _on(table)):
        if in_brackets(document, match.start()) or _is_example(document, match.start()):
            continue
        block = document.block_at(match.start())
        if slot != "number" or not OTHER_NUMBER.search(document.text[block.start : match.start()]):
            yield _gap(document, match.start(), match.end(), slot)


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in lexicon("dummies")["contact"][table]), re.MULTILINE)


@cache
def _on(table: str) -> tuple[str, ...]:
    return tuple(lexicon("dummies")["contact"][f"{table}_on"])


def _found(document: Document, pattern: re.Pattern[str], on: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Matches anywhere on the page, its frame included, in blocks that hold one of some words."""
    for block in document.holding(on):
        yield from pattern.finditer(document.text, block.start, block.end)


@cache
def _known(table: str) -> frozenset[str]:
    return frozenset(lexicon("dummies")["contact"][table])
