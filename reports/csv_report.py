"""The CSV report: one row a finding and page, for spreadsheets. UTF-8; no cell can be taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas

from auditor.model import Finding, Result, fingerprint
from auditor.reports import facts as told
from auditor.reports.safe import address, stripped
from auditor.shelves import report
from auditor.view import View

LONGEST = 5_000  # characters of a cell; Excel takes 32,767
COLUMNS = (
    "rule",
    "severity",
    "confidence",
    "standing",
    "subject",
    "message",
    "quote",
    "page",
    "pages affected",
    "articles",
    "cause",
    "fix",
    "fingerprint",
    "evidence",
)
# White space and quotes are skipped because spreadsheets skip them when they look for a formula; where the list separator is
# a semicolon, a program that guesses wrong begins a cell after each of them.
_FORMULA = re.compile(r"""^[\s'"]*[=+\-@＝＋－＠]""")
_INNER_FORMULA = re.compile(r"(;[\s\"]*)(?=[=+\-@＝＋－＠])")


@report("csv", "findings.csv")
def write_csv(view: View, path: Path) -> None:
    """Write every finding with its sample pages; a finding that is about no page gets one row."""
    frame = pandas.DataFrame(list(_rows(view)), columns=list(COLUMNS))
    texts = [name for name in COLUMNS if name != "pages affected"]
    frame[texts] = frame[texts].map(_cell)
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _rows(view: View) -> Iterator[dict[str, Any]]:
    for result in sorted(view.results, key=lambda r: (told.SEVERITY_ORDER.index(r.severity), r.rule)):
        for finding in result.findings:
            row = _row(view, result, finding)
            for page in finding.pages.samples or ("",):
                yield {**row, "page": address(page)}


def _row(view: View, result: Result, finding: Finding) -> dict[str, Any]:
    return {
        "rule": result.rule,
        "severity": result.severity,
        "confidence": finding.confidence,
        "standing": told.standing(view, result, finding),
        "subject": finding.subject,
        "message": finding.message,
        "quote": finding.quote,
        "pages affected": finding.pages.count,
        "articles": "; ".join(told.all_articles(view, result)),
        "cause": finding.cause,
        "fix": told.fix(view, result, finding),
        "fingerprint": fingerprint(result.rule, finding.subject),
        "evidence": " ".join(finding.evidence),
    }


def _cell(text: str) -> str:
    # Looked at before and after the removal of hidden characters: they may stand in front of the formula.
    clean = stripped(text, LONGEST)
    starts = text[:1] in ("\t", "\r") or _FORMULA.match(clean)
    return ("'" if starts else "") + _INNER_FORMULA.sub(r"\1'", clean)
