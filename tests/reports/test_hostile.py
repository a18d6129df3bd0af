"""What the shop says is harmless in every format: markup, escapes, direction marks, formulas, nulls, a megabyte."""

import csv
import json
import re

import pytest

from auditor.model import Cookie, Pages, Request, StorageItem, Unknown, ValueShape
from auditor.shelves import reports

from .conftest import SECRET, SHOP, finding

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>",
    "template": "{{ 7919*7907 }}{% raw %}${7919*7907}<%= 7 %>",
    "escape": "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "direction": "invoice\u202efdp.exe\u2066x\u2069\u200f",
    "null": "a\x00b\x08c",
    "surrogate": "half \ud83d of it",
    "style": "</style><style>body{display:none}</style>",
    "comment": "--><!-- ]]> </title></textarea>",
    "long": "A" * 1_000_000,
    "lines": "one\r\ntwo\u2028three\vfour",
    "formula": '=cmd|"/c calc"!A1',
}
FORMATS = ("html", "csv", "json")


@pytest.fixture(params=HOSTILE, ids=list(HOSTILE))
def hostile(request, new_shop):
    """A shop that says one hostile thing wherever it can."""
    text = HOSTILE[request.param]
    # Neither SQLite nor a fingerprint takes a lone surrogate: it can only come in by results that never were in a run.
    stored = text.encode("utf-8", "replace").decode()
    shop = new_shop()
    page = {"title": stored, "language": stored[:50], "legal": ("privacy",), "status": 404}
    shop.run.note("browser", {"product": stored})
    shop.run.note("crawl", {"ended": stored, "trouble": stored})
    shop.page(f"x?q={stored[:5000]}", **page)
    cookie = Cookie(visit="", phase="before", name=stored, domain=stored, path=stored)
    item = StorageItem(visit="", phase="before", area="localStorage", origin=stored, key=stored)
    beacon = Request(visit="", phase="before", url=f"https://ads.test/{stored[:2000]}", third_party=True)
    shop.visit("untouched", cookie, item, beacon)
    shop.visit("rejected", outcome="failed", reason=stored)
    bad = finding(
        stored,
        message=text,
        quote=text,
        before=text[:120],
        after=text[:120],
        place=text,
        cause=text,
        fix=text,
        screenshot="0" * 64,
        pages=Pages.of([f"javascript:alert(1)//{text}", f"{SHOP}{text}"]),
    )
    shop.result("contact-missing", "fail", bad, unknowns=(Unknown(reason=text, pages=Pages.of([text])),))
    shop.result("dummy-text", "error", reason=text)
    shop.result("banner-missing", "inapplicable", reason=text)
    return text, shop.view(1, text)


def written(format, view, tmp_path):
    reports()[format].write(view, tmp_path / "report")
    return (tmp_path / "report").read_bytes().decode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_no_control_or_direction_character_is_left(hostile, tmp_path, format):
    text = written(format, hostile[1], tmp_path)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]", text)


@pytest.mark.parametrize("format", FORMATS)
def test_long_texts_are_cut(hostile, tmp_path, format):
    assert len(written(format, hostile[1], tmp_path)) < 400_000


def test_html_holds_no_markup_of_the_shop(hostile, tmp_path):
    text = written("html", hostile[1], tmp_path)
    assert "<script" not in text and "onerror=alert(2)>" not in text and "<svg" not in text
    assert text.count("<style") == 1 and "<!--" not in text
    assert text.count("<title>") == 1
    assert str(7919 * 7907) not in text
    assert not re.search(r'(?:href|src)="(?!#|data:|https?://)', text)


def test_csv_keeps_its_shape(hostile, tmp_path):
    reports()["csv"].write(hostile[1], tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {14}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_json_is_ascii(hostile, tmp_path):
    text = written("json", hostile[1], tmp_path)
    assert text.isascii()
    assert json.loads(text)["results"][1]["findings"][0]["fingerprint"]


def test_hidden_characters_are_shown(new_shop, tmp_path):
    shop = new_shop()
    shop.result("contact-missing", "fail", finding("x", quote="a\x1b[31m\u202eb\x00"))
    assert "<mark>a␛[31m‹U+202E›b␀</mark>" in written("html", shop.view(), tmp_path)


@pytest.mark.parametrize("format", FORMATS)
def test_no_value_and_no_credential_is_told(new_shop, tmp_path, format):
    shop = new_shop()
    shop.run.note("start_url", f"https://user:{SECRET}@www.fernhill-supply.shop/")
    key = shop.run.value_key()
    shop.visit(
        "untouched", Cookie(visit="", phase="before", name="sid", domain="x.test", value=ValueShape.of(SECRET, key))
    )
    shop.result("contact-missing", "fail", finding("x", pages=Pages.of([f"https://user:{SECRET}@x.test/"])))
    text = written(format, shop.view(), tmp_path)
    assert SECRET not in text
    assert ValueShape.of(SECRET, key).digest not in text
    assert "sid" in text or format != "html"
