from __future__ import annotations

import re

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import is_for

# The shop's own company, not one that it works with
COMPANY = re.compile(
    r"(?:operated by|run by|trading (?:name|style) of|we are|we,|controller is|©)[^\n.]{0,60}\b(?:Ltd|Limited|PLC|plc|LLP)\b"
)
NUMBER = re.compile(
    r"(?:compan(?:y|ies)(?: house)?(?: registration)? (?:number|no\b)|regist(?:ered|ration)[^\n]{0,80}?(?:number|no\b|under)|CRN)"
    r"[^\n\d]{0,30}(?:SC|NI|OC|SO|R)?\s?\d{6,8}\b",
    re.IGNORECASE,
)
NEAR = re.compile(r"registered (?:in|office)|companies house|company number", re.IGNORECASE)


@duty_rule(
    severity="warning",
    articles={
        "uk": (
            "Company, Limited Liability Partnership and Business (Names and Trading Disclosures) Regulations 2015 reg. 25",
            "Electronic Commerce (EC Directive) Regulations 2002 reg. 6",
        )
    },
    languages=(),
    kinds=("terms", "privacy", "imprint"),
    beside=("contact", "copyright", "returns", "cookies"),
)
def uk_company_number_missing(page: LegalPage) -> Item:
    """A company's legal pages do not tell its registered number.

    Why: A limited company's site has to show name, number, part of the United Kingdom and registered office. The footer counts.

    Fix: Add “Registered in England and Wales, company number 01234567” with your own number and the registered office.
    """
    assert page.document is not None
    text = page.document.text
    if number := NUMBER.search(text):
        return Item(state="present", start=number.start(), end=number.end())
    if not is_for("en", page) or not COMPANY.search(text):
        return Item(state="not-applicable")
    near = NEAR.search(text)
    return Item(state="uncertain", start=near.start(), end=near.end()) if near else Item(state="absent")
