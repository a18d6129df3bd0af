"""What every format tells of a run besides its findings: the shop, what was looked at, what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from auditor.model import Finding, Page, Result, fingerprint, record
from auditor.remedies import aim_of, remedy
from auditor.reports.safe import address
from auditor.site import Site
from auditor.view import View

SEVERITY_ORDER = ("error", "warning", "notice")
_STATE = {
    "failed": "could not be judged",
    "not-run": "was not made",
    "no-banner": "had nothing to choose",
    "no-way-back": "could not be gone through",
}


@record
class ScenarioCount:
    """The visits of one scenario. ``state`` is that of Site.scenario_state."""

    scenario: str
    ok: int
    failed: int
    state: str
    reason: str


@record
class Facts:
    """The numbers of a run. ``skipped`` and ``addresses`` count addresses by reason and by state."""

    shop: str
    profiles: tuple[str, ...]
    versions: Mapping[str, str]
    browser: Mapping[str, Any]
    started: str  # ISO 8601, UTC; "" when the run does not say
    ended: str
    pages: int  # HTML pages that answered with status 200
    answers: int
    templates: int
    scenarios: tuple[ScenarioCount, ...]
    crawl_ended: str  # "complete", or what ended it early
    trouble: str  # why the shop as a whole could not be audited
    addresses: Mapping[str, int]
    skipped: Mapping[str, int]
    complete: bool


def facts(view: View) -> Facts:
    """Read the run once; its pages are counted, not kept."""
    run, site = view.site.run, view.site
    crawl, browser = run.noted("crawl", {}), run.noted("browser", {})
    pages, templates = _count_pages(site)
    return Facts(
        shop=address(site.url),
        profiles=site.profiles,
        versions=dict(sorted(run.noted("versions", {}).items())),
        # Where the browser lies on this machine tells a reader nothing.
        browser={name: browser[name] for name in sorted(browser) if name != "path"},
        started=run.noted("started", ""),
        ended=run.noted("ended", ""),
        pages=pages,
        answers=run.count(Page),
        templates=templates,
        scenarios=tuple(_scenario(site, scenario) for scenario in site.scenarios),
        crawl_ended=crawl.get("ended", ""),
        trouble=crawl.get("trouble", ""),
        addresses=dict(sorted(run.frontier_counts().items())),
        skipped=dict(sorted(run.skipped_reasons().items())),
        complete=bool(run.noted("complete", False)),
    )


def _count_pages(site: Site) -> tuple[int, int]:
    pages, templates = 0, set()
    for page in site.pages():
        pages += 1
        templates.add(page.template)
    return pages, len(templates - {""})


def _scenario(site: Site, scenario: str) -> ScenarioCount:
    state = site.scenario_state(scenario)
    return ScenarioCount(
        scenario=scenario,
        ok=len(site.visits_in(scenario, "ok")),
        failed=len(site.visits_in(scenario, "failed")),
        state=state.state,
        reason=state.reason,
    )


def not_judged(view: View, known: Facts) -> list[str]:
    """What this run did not look at, a sentence each: nobody may read silence about it as a pass."""
    told = [known.trouble] if known.trouble else []
    if known.crawl_ended not in ("", "complete"):
        told.append(f"The crawl did not see the whole shop: it ended with “{known.crawl_ended}”.")
    if not known.complete:
        told.append("The run is not complete: it was stopped, or is still being made.")
    waiting = known.addresses.get("queued", 0) + known.addresses.get("taken", 0)
    if waiting:
        told.append(f"{_count(waiting, 'known address')} not fetched.")
    told += [f"{_count(number, 'address')} skipped: {reason}." for reason, number in known.skipped.items()]
    for one in known.scenarios:
        if one.state != "ok":
            told.append(f"The scenario “{one.scenario}” {_STATE[one.state]}: {one.reason}.")
        elif one.failed:
            told.append(f"{_count(one.failed, 'visit')} in the scenario “{one.scenario}” failed.")
        told += _failed_collectors(view.site, one.scenario)
    if known.browser.get("third_party_cookies") is False:
        told.append("The browser refused third-party cookies, so none of them can be in the evidence.")
    return told


def _failed_collectors(site: Site, scenario: str) -> list[str]:
    reasons: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for failure in site.failures(scenario):
        counts[failure.collector] += 1
        reasons.setdefault(failure.collector, failure.reason)
    return [
        f"{_count(counts[name], 'visit')} in the scenario “{scenario}” without {name}: {reasons[name]}."
        for name in sorted(counts)
    ]


def _count(number: int, thing: str) -> str:
    plural = thing if number == 1 else f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"{number:,} {plural}"


def unclear(result: Result) -> bool:
    """Whether the rule could not be judged, wholly or in part: what it found is found, but there may be more."""
    return result.outcome in ("unknown", "error") or bool(result.unknowns)


def articles(view: View, result: Result) -> dict[str, tuple[str, ...]]:
    """The articles that the rule rests on, by profile in force."""
    rule = view.rules.get(result.rule)
    return {p: rule.articles[p] for p in view.site.profiles if p in rule.articles} if rule else {}


def all_articles(view: View, result: Result) -> list[str]:
    """The same as one list without repetitions."""
    return list(dict.fromkeys(text for texts in articles(view, result).values() for text in texts))


def title(view: View, result: Result) -> str:
    rule = view.rules.get(result.rule)
    return rule.title if rule else result.rule


def fix(view: View, result: Result, finding: Finding | None = None) -> str:
    """How to mend it: the finding's own advice, else the rule's, and how that is done in the consent tool that was found."""
    rule = view.rules.get(result.rule)
    own = finding.fix if finding else ""
    tool, how = in_tool(view, result) if finding else ("", "")
    return " ".join(part for part in (own or (rule.fix if rule else ""), f"In {tool}: {how}" if how else "") if part)


def in_tool(view: View, result: Result) -> tuple[str, str]:
    """(consent tool, how it is done there); ("", "") where nothing is known of it."""
    aim = aim_of(result.rule)
    return remedy(view.site, aim) if aim else ("", "")


def standing(view: View, result: Result, finding: Finding) -> str:
    """``new`` | ``known`` (in the baseline) | ``waived``."""
    return view.verdict.standing.get(fingerprint(result.rule, finding.subject), "new")


def blocks(view: View, result: Result, finding: Finding) -> bool:
    """Whether this finding is one for which the gate says no."""
    least = view.site.config.gate.fail_on
    grave = least != "never" and SEVERITY_ORDER.index(result.severity) <= SEVERITY_ORDER.index(least)
    return grave and standing(view, result, finding) == "new"
