"""The JSON report: the interface for other programs. Its schema is ``schema/results-1.json`` beside this file.

The promise: within ``"schema": 1`` fields may be added, but none is renamed, removed or given another meaning.
The order of everything is fixed, so that two reports of unchanged evidence are the same but for times.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.model import Finding, Pages, Result, Unknown, fingerprint
from auditor.reports import facts as told
from auditor.reports.safe import address, well_formed
from auditor.shelves import report
from auditor.view import View

LONGEST = 10_000  # characters of one text


@report("json", "results.json")
def write_json(view: View, path: Path) -> None:
    """Write the run, its verdict and every rule's result. Pure ASCII: nothing in it can steer a terminal."""
    results = sorted(view.results, key=lambda result: result.rule)
    whole = {"schema": 1, "run": _run(view), "results": [_result(view, result) for result in results]}
    path.write_text(json.dumps(_cut(whole), indent=2) + "\n", encoding="ascii")


def _run(view: View) -> dict[str, Any]:
    known = told.facts(view)
    unjudged = [
        {"rule": result.rule, "outcome": result.outcome, "reason": _why_not(result)}
        for result in sorted(view.results, key=lambda result: result.rule)
        if told.unclear(result)
    ]
    return {
        "shop": known.shop,
        "profiles": known.profiles,
        "versions": known.versions,
        "browser": known.browser,
        "started": known.started,
        "ended": known.ended,
        "counts": {
            "pages": known.pages,
            "answers": known.answers,
            "templates": known.templates,
            "visits": {one.scenario: _visits(one) for one in known.scenarios},
        },
        "coverage": {
            "complete": known.complete,
            "crawl_ended": known.crawl_ended,
            "addresses": known.addresses,
            "skipped": known.skipped,
            "gaps": told.not_judged(view, known),
            "unjudged": unjudged,
        },
        "verdict": {
            "exit_code": view.verdict.exit_code,
            "headline": view.verdict.headline,
            "reasons": view.verdict.reasons,
        },
    }


def _visits(one: told.ScenarioCount) -> dict[str, Any]:
    return {"ok": one.ok, "failed": one.failed, "state": one.state, "reason": one.reason}


def _why_not(result: Result) -> str:
    return result.reason or "; ".join(dict.fromkeys(unknown.reason for unknown in result.unknowns))


def _result(view: View, result: Result) -> dict[str, Any]:
    rule = view.rules.get(result.rule)
    return {
        "rule": result.rule,
        "family": result.family,
        "title": told.title(view, result),
        "outcome": result.outcome,
        "severity": result.severity,
        "articles": told.articles(view, result),
        "why": rule.why if rule else "",
        "fix": told.fix(view, result),
        "reason": result.reason,
        "unknowns": [_unknown(unknown) for unknown in result.unknowns],
        "findings": [_finding(view, result, finding) for finding in result.findings],
    }


def _finding(view: View, result: Result, finding: Finding) -> dict[str, Any]:
    return {
        "message": finding.message,
        "subject": finding.subject,
        "fingerprint": fingerprint(result.rule, finding.subject),
        "standing": told.standing(view, result, finding),
        "confidence": finding.confidence,
        "quote": finding.quote,
        "before": finding.before,
        "after": finding.after,
        "place": finding.place,
        "cause": finding.cause,
        "fix": told.fix(view, result, finding),
        "screenshot": finding.screenshot,
        "pages": _pages(finding.pages),
        "evidence": finding.evidence,
    }


def _unknown(unknown: Unknown) -> dict[str, Any]:
    return {"reason": unknown.reason, "pages": _pages(unknown.pages), "evidence": unknown.evidence}


def _pages(pages: Pages) -> dict[str, Any]:
    return {"count": pages.count, "samples": [address(url) for url in pages.samples]}


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value, LONGEST)
    if isinstance(value, dict):
        return {_cut(name): _cut(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(item) for item in value]
    return value
