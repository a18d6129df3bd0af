"""Short passages in eight languages, as many look-alikes as gaps: each gap is told at its place, and nothing else is.

A file is called ``LANGUAGE.toml`` or ``LANGUAGE.SUBJECT.toml``; ``kind`` is that of the legal page, privacy when not given.
"""

import html
import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "passages").glob("*.toml"))
}
CLEAN = [
    (name.partition(".")[0], data.get("kind", "privacy"), text)
    for name, data in FILES.items()
    for text in data["clean"]
]
DIRTY = [
    (name.partition(".")[0], data.get("kind", "privacy"), rule, text)
    for name, data in FILES.items()
    for rule, text in data["dirty"]
]
# Prose that makes the passage part of a page, as it would be in a shop
AROUND = {
    "en": "We use your personal data to process your order and keep the invoices for six years, as the law requires of us.",
    "de": "Wir verwenden Ihre personenbezogenen Daten für Ihre Bestellung und bewahren die Rechnungen acht Jahre lang auf.",
    "fr": "Nous utilisons vos données personnelles pour votre commande et conservons les factures dix ans, comme le veut la loi.",
    "es": "Usamos sus datos personales para su pedido y conservamos las facturas durante seis años, como exige la ley vigente.",
    "it": "Usiamo i dati personali dell’utente per l’ordine e conserviamo le fatture per dieci anni, come richiede la legge.",
    "ko": "회사는 주문을 처리하기 위하여 이용자의 개인정보를 처리하고, 거래 기록은 관계 법령에 따라 5년간 보관합니다.",
    "zh": "我们处理您的个人信息是为了处理您的订单，交易记录依照法律规定至少保存三年，到期后予以删除。",
    "ja": "当店は、ご注文の処理のために個人情報を利用し、取引の記録は法令に従って所定の期間保存いたします。",
}  # fmt: skip


def page_of(language: str, passage: str) -> str:
    body = passage if passage.startswith("<") else f"<p>{_escaped(passage)}</p>"
    prose = f"<p>{AROUND[language]}</p>"
    return f"<html lang='{language}'><body><main><h1>§</h1>{prose}{body}{prose}</main></body></html>"


def _escaped(passage: str) -> str:
    """Tags stay tags; other angle brackets are text."""
    return re.sub(r"<(?!/?(?:a|b|img|span)\b)", "&lt;", passage)


@pytest.mark.parametrize(("language", "kind", "passage"), CLEAN)
def test_a_clean_passage_is_silent(language, kind, passage, legal_page, told):
    assert told(legal_page(page_of(language, passage)), kind) == []


@pytest.mark.parametrize(("language", "kind", "rule", "passage"), DIRTY)
def test_a_gap_is_told_at_its_place(language, kind, rule, passage, legal_page, told):
    quote = html.unescape(
        re.sub("<[^>]*>", "", re.search("⟦(.*)⟧", re.sub(r"<(?=(?:Name|Firma|%))", "&lt;", passage)).group(1))
    )
    page = legal_page(page_of(language, re.sub("[⟦⟧]", "", passage)))
    found = told(page, kind)
    assert [(one, certain) for one, _, certain in found] == [(rule, True)], found
    quoted = " ".join(found[0][1].split())
    quote = " ".join(quote.split())
    text = " ".join(page.document.text.split())
    at, other = text.find(quote), text.find(quoted)
    assert 0 <= at < other + len(quoted) and other < at + len(quote), (quote, quoted)
