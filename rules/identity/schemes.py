"""What the schemes of numbers are called (``auditor/data/identity.toml``), and which numbers are samples."""

from __future__ import annotations

import re

from auditor.identity import Fact
from auditor.rules.gaps.dummies import is_row
from auditor.rules.gaps.gaps import lexicon
from auditor.rules.identity.places import Place

NAMES = {
    "fr-siren": "SIREN number",
    "fr-siret": "SIRET number",
    "es-nif": "Spanish tax number (NIF)",
    "de-hra": "commercial register number",
    "de-hrb": "commercial register number",
    "uk-company": "company number",
    "kr-business": "business registration number (사업자등록번호)",
    "kr-mail-order": "mail-order report number (통신판매업 신고번호)",
    "cn-credit": "unified social credit code (统一社会信用代码)",
    "jp-corporate": "corporate number (法人番号)",
    "jp-invoice": "invoice registration number (登録番号)",
    "au-business": "ABN",
    "br-cnpj": "CNPJ",
    "br-cpf": "CPF",
    "ch-uid": "UID",
    "vat-it": "VAT number (partita IVA)",
}


def name_of(scheme: str) -> str:
    """A scheme's name in a sentence."""
    return NAMES.get(scheme, "VAT number")


def is_dummy(place: Place, fact: Fact) -> bool:
    """Whether a number is a sample, which ``dummy-contact`` tells."""
    text = place.document.text
    samples = "|".join(f"(?:{pattern})" for pattern in lexicon("dummies")["contact"]["numbers"])
    near = text[max(fact.start - 4, 0) : fact.end]
    return is_row(re.sub(r"\D", "", fact.value)) or re.search(samples, near) is not None
