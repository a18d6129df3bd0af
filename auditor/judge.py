"""Runs rules over a site: one result a rule, whatever happens inside it."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Iterable

from auditor.model import MAX_SAMPLES, Finding, Inapplicable, Pages, Result, Unknown
from auditor.shelves import Rule
from auditor.site import Site


def judge(rules: Iterable[Rule], site: Site, done: Callable[[Result], None] = lambda _: None) -> list[Result]:
    """The results of the rules that apply under the site's profiles and configuration, sorted by rule."""
    results = []
    for rule in sorted(rules, key=lambda rule: rule.id):
        if _switched_off(rule, site):
            continue
        results.append(judge_one(rule, site))
        done(results[-1])
    return results


def judge_one(rule: Rule, site: Site) -> Result:
    """What one rule says. A rule that raises becomes an ``error`` result that holds the traceback."""
    result = Result(rule=rule.id, family=rule.family, severity=rule.severity_for(site.profiles), outcome="pass")
    if not set(rule.articles) & set(site.profiles):
        profiles = ", ".join(rule.profiles)
        return dataclasses.replace(
            result, outcome="inapplicable", reason=f"applies only where one sells to: {profiles}"
        )
    try:
        missing = _missing(rule, site)
        said = [missing] if isinstance(missing, Inapplicable) else list(rule.judge(site) or ())
    except Exception:
        return dataclasses.replace(result, outcome="error", reason=traceback.format_exc(limit=-4))
    findings = _merged(item for item in said if isinstance(item, Finding))
    unknowns = [item for item in said if isinstance(item, Unknown)]
    unknowns += [missing] if isinstance(missing, Unknown) else []
    reason = next((item.reason for item in said if isinstance(item, Inapplicable)), "")
    outcome = "fail" if findings else "unknown" if unknowns else "inapplicable" if reason else "pass"
    return dataclasses.replace(result, outcome=outcome, findings=findings, unknowns=tuple(unknowns), reason=reason)


def _switched_off(rule: Rule, site: Site) -> bool:
    chosen, disabled = site.config.rules, site.config.disable
    return rule.id in disabled or (bool(chosen) and rule.id not in chosen)


def _missing(rule: Rule, site: Site) -> Unknown | Inapplicable | None:
    """Whether evidence that the rule needs is missing: then silence of the rule is no pass.

    A rule whose evidence is there in part runs all the same: what it finds is found.
    """
    for need in rule.needs:
        name, _, scenario = need.partition(":")
        if name == "visits":
            gap = _missing_scenario(rule, site, scenario)
        else:  # a collector's name qualifies the visits that are needed
            gap = _missing_pages(site) if name in ("pages", "legal-pages") else None
        if gap is not None:
            return gap
    return None


def _missing_pages(site: Site) -> Unknown | None:
    if next(iter(site.pages()), None) is None:
        return Unknown(reason="no page of the shop could be read")
    return None


def _missing_scenario(rule: Rule, site: Site, scenario: str) -> Unknown | Inapplicable | None:
    state = site.scenario_state(scenario)
    if state.state in ("no-banner", "no-way-back"):
        return Inapplicable(reason=f"scenario {scenario}: {state.reason}")
    if state.state != "ok":
        return Unknown(reason=f"scenario {scenario}: {state.reason}", evidence=state.evidence)
    failed = site.visits_in(scenario, "failed")
    if failed:
        reason = (
            f"scenario {scenario}: {len(failed)} page(s) could not be visited, the first because: {failed[0].reason}"
        )
        return Unknown(reason=reason, evidence=tuple(v.id for v in failed[:5]), pages=Pages.of(v.url for v in failed))
    broken = [failure for failure in site.failures(scenario) if failure.collector in rule.needs]
    if broken:
        reason = f"scenario {scenario}: collector {broken[0].collector} failed: {broken[0].reason}"
        return Unknown(reason=reason, evidence=tuple(failure.id for failure in broken[:5]))
    return None


def _merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding a subject: pages and evidence of further ones are added to the first."""
    by_subject: dict[str, Finding] = {}
    for finding in findings:
        first = by_subject.setdefault(finding.subject, finding)
        if first is not finding:
            by_subject[finding.subject] = _joined(first, finding)
    return tuple(sorted(by_subject.values(), key=lambda finding: finding.subject))


def _joined(one: Finding, other: Finding) -> Finding:
    samples = tuple(dict.fromkeys([*one.pages.samples, *other.pages.samples]))
    overlap = len(one.pages.samples) + len(other.pages.samples) - len(samples)
    pages = Pages(count=one.pages.count + other.pages.count - overlap, samples=samples[:MAX_SAMPLES])
    evidence = tuple(dict.fromkeys([*one.evidence, *other.evidence]))
    return dataclasses.replace(one, pages=pages, evidence=evidence[:50])
