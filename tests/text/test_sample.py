"""The sample page that the project started from, when it is at hand: what must be found on it, what must not, and its blanks filled."""

import html
import json
import os
from pathlib import Path

import pytest

from auditor import shelves

SEED = Path(os.environ.get("AUDITOR_SEED") or Path(__file__).parents[2] / ".." / "shared" / "seed")
KINDS = {"GAP001": "name-missing", "GAP002": "contact-missing", "GAP003": "name-missing"}
BLANKS = (
    ("(, hereinafter", "(www.star.example-shop.eu, hereinafter"),
    ("send an email to.", "send an email to {}."),
    ("You can send an email to:", "You can send an email to: {}"),
)
FILLED = {
    "mail link": "<a href='mailto:privacy@star-shop.eu'></a>",
    "protected": "<span data-cfemail='5b2b29322d3a38221b282f3a29762833342b753e2e'>[email&#160;protected]</span>",
}

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the sample page is not part of the project")


@pytest.fixture(scope="module")
def expected():
    return json.loads((SEED / "expected.json").read_text(encoding="utf-8"))


def page_of(text: str) -> str:
    lines = (line for line in text.splitlines() if line.strip())
    return f"<html><body>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</body></html>"


@pytest.fixture(scope="module")
def text():
    return (SEED / "privacy-page.txt").read_text(encoding="utf-8")


def overlaps(document, quote: str, told: str) -> bool:
    at, other = document.text.find(quote), document.text.find(told)
    return 0 <= at < other + len(told) and other < at + len(quote)


def test_every_place_that_must_be_found_is_found(expected, text, legal_page, gaps):
    page = legal_page(page_of(text))
    found = gaps(page)
    wanted = [
        (entry["quote"], KINDS[rule]) for entry in expected["located"] for rule in entry["rules"] if rule in KINDS
    ]
    missed = [
        (quote, rule)
        for quote, rule in wanted
        if not any(rule == one and overlaps(page.document, quote, told) for one, told, _ in found)
    ]
    assert wanted and not missed, found


def test_the_three_blanks_are_all_that_is_found(text, legal_page, gaps):
    assert sorted(rule for rule, _, certain in gaps(legal_page(page_of(text))) if certain) == [
        "contact-missing",
        "contact-missing",
        "name-missing",
    ]


def test_what_must_stay_silent_does(expected, text, legal_page, gaps):
    page = legal_page(page_of(text))
    found = gaps(page)
    for guard in expected["must_not"]:
        assert not [told for _, told, _ in found if overlaps(page.document, guard["quote"], told)], guard["why"]


@pytest.mark.parametrize("value", FILLED.values(), ids=FILLED)
def test_filled_blanks_are_silent(value, text, legal_page, gaps):
    source = page_of(text)
    for blank, filled in BLANKS:
        source = source.replace(html.escape(blank), filled.format(value))
    assert gaps(legal_page(source)) == []


def test_a_picture_in_the_place_of_an_address_is_for_a_person(text, legal_page, gaps):
    source = page_of(text)
    for blank, filled in BLANKS:
        source = source.replace(html.escape(blank), filled.format("<img src='/mail.png'>"))
    assert [(rule, certain) for rule, _, certain in gaps(legal_page(source))] == [("contact-missing", False)] * 2


DAMAGE = {
    "GAP014": "sentence-broken",
    "GAP017": "residue-of-shop",
    "GAP019": "definition-circular",
    "GAP020": "name-inconsistent",
    "GAP027": "word-doubled",
}
UNDAMAGED = ("numbering-broken", "encoding-damaged", "section-empty", "period-missing", "document-unlinked")


def test_every_damaged_place_is_found_and_what_is_sound_is_not(expected, text, legal_page, told):
    page = legal_page(page_of(text))
    found = [(rule, quote) for rule, quote, _ in told(page) if rule in (*DAMAGE.values(), *UNDAMAGED)]
    wanted = [
        (" ".join(entry["quote"].split()), DAMAGE[rule])
        for entry in expected["located"]
        for rule in entry["rules"]
        if rule in DAMAGE
    ]
    missed = [
        (quote, rule)
        for quote, rule in wanted
        if not any(rule == one and overlaps(page.document, quote, told) for one, told in found)
    ]
    assert wanted and not missed, found
    for guard in expected["must_not"]:
        assert not [told for _, told in found if overlaps(page.document, guard["quote"], told)], guard["why"]


def test_every_place_is_told_by_some_rule(expected, text, legal_page, told):
    page = legal_page(page_of(text))
    found = told(page)
    missed = [
        entry["quote"]
        for entry in expected["located"]
        if entry["tier"] in ("M", "S")
        and entry["rules"] != ["LANG003"]  # a calque that only a translator sees
        and not any(overlaps(page.document, " ".join(entry["quote"].split()), quote) for _, quote, _ in found)
    ]
    assert not missed


PRESENT = ("right-of-access", "right-to-rectification", "right-to-erasure", "right-to-restriction", "purposes")
ABSENT = (
    "controller",
    "legal-basis",
    "retention-period",
    "right-to-object",
    "right-to-portability",
    "right-to-withdraw-consent",
    "right-to-complain",
    "policy-date",
    "controller-contact",
    "policy-change-notice",
)


def test_what_the_text_owes_is_told(text, legal_page):
    page = legal_page(page_of(text))
    states = {name: shelves.rules()[f"{name}-missing"].item(page).state for name in (*PRESENT, *ABSENT)}
    assert states == dict.fromkeys(PRESENT, "present") | dict.fromkeys(ABSENT, "absent")
