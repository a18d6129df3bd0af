"""The CSV report: rows, and cells that no spreadsheet takes for a formula."""

import csv

import pytest

from auditor.model import Pages
from auditor.shelves import reports

from .conftest import finding


def written(view, tmp_path):
    format = reports()["csv"]
    format.write(view, tmp_path / format.name)
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_a_finding_and_sample_page(fernhill, tmp_path):
    rows = written(fernhill.view(), tmp_path)
    fbp = [row for row in rows if row["subject"] == "_fbp (first party)"]
    assert len(fbp) == 10
    assert {row["pages affected"] for row in fbp} == {"1234"}
    assert fbp[0]["page"] == "https://www.fernhill-supply.shop/product/0"
    assert fbp[0]["articles"] == "GDPR Art. 13; PIPA Art. 30"
    assert fbp[0]["cause"] == "https://ads.test/tag.js, line 1"
    assert fbp[0]["evidence"] == "cookie:1 cookie_write:1"
    assert fbp[0]["fix"] == "Mend the template."


def test_a_finding_without_pages_has_a_row(fernhill, tmp_path):
    (row,) = [row for row in written(fernhill.view(), tmp_path) if row["rule"] == "contact-missing"]
    assert (row["page"], row["pages affected"], row["standing"]) == ("", "0", "known")
    assert (row["severity"], row["confidence"]) == ("warning", "medium")


def test_no_findings_is_a_header(new_shop, tmp_path):
    assert written(new_shop().view(0), tmp_path) == []
    assert (tmp_path / "findings.csv").read_text(encoding="utf-8").startswith("rule,severity,confidence,standing,")


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\tplain",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "\u200b=1+1",
        "\u00a0=1+1",
        "\x00=1+1",
        '"=1+1',
    ],
)
def test_formulas_are_text(new_shop, tmp_path, text):
    shop = new_shop()
    shop.result("contact-missing", "fail", finding(text, quote=text, message=text, cause=text, pages=Pages.of([text])))
    (row,) = written(shop.view(), tmp_path)
    for column in ("subject", "quote", "message", "cause", "page"):
        assert row[column].startswith("'"), column


def test_formulas_behind_another_list_separator_are_text(new_shop, tmp_path):
    shop = new_shop()
    shop.result("contact-missing", "fail", finding('a;=cmd|x;"+1; - b'))
    (row,) = written(shop.view(), tmp_path)
    assert row["subject"] == "a;'=cmd|x;\"'+1; '- b"


def test_ordinary_text_stays_as_it_is(new_shop, tmp_path):
    shop = new_shop()
    shop.result("contact-missing", "fail", finding("개인정보 처리방침, “E-Mail” – naïve; 100 % 'x' a=b"))
    assert written(shop.view(), tmp_path)[0]["subject"] == "개인정보 처리방침, “E-Mail” – naïve; 100 % 'x' a=b"
