"""The gate: from results to a verdict and an exit code.

== ===========================================================================================
 0 every rule judged, and nothing new at or above ``fail_on``
 1 findings at or above ``fail_on`` that are neither in the baseline nor waived
 2 could not judge: rules unknown or broken, too few pages, shop unreachable, run not complete
== ===========================================================================================

When findings block and a rule could not be judged, 1. A run that is not complete, or whose shop could not be
audited at all, is 2 whatever was found: what it would say at the end is not known yet.

The clock of waivers and baseline is the day on which the run started (UTC), so that a run gets the same
verdict whenever it is asked.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from auditor import shelves
from auditor.config import Config, ConfigError, Section, closest, mistakes
from auditor.model import SEVERITIES, Finding, Page, Result, Visit, fingerprint, record
from auditor.shelves import Rule
from auditor.site import HTML
from auditor.store import Run
from auditor.view import Standing, Verdict

BASELINE_SCHEMA = 1
NAMED = 5  # subjects named in one reason

Words = Annotated[str, Field(pattern=r"\S")]


class Known(Section):
    """An entry of the baseline: a finding that was there on a date."""

    rule: Words
    subject: Words
    fingerprint: Words
    since: date


class Waiver(Section):
    """A finding that a person accepts until a date, that day included."""

    rule: Words
    subject: Words  # as reported, or a shell pattern
    reason: Words
    owner: Words
    expires: date

    def covers(self, rule: str, subject: str) -> bool:
        # Subjects may hold brackets, which a pattern reads as a set of characters.
        return rule == self.rule and (subject == self.subject or fnmatchcase(subject, self.subject))


@record
class Decision:
    """The verdict, with all results: those of the rules and the gate's own about its files."""

    verdict: Verdict
    results: tuple[Result, ...]
    unjudged: tuple[str, ...]  # rules that could not be judged and must be


def decide(run: Run, config: Config, results: Iterable[Result]) -> Decision:
    """What the gate says of a run's results. Raises ConfigError when the baseline or the waivers can't be read."""
    baseline, waivers = read_baseline(config.gate.baseline), read_waivers(config.gate.waivers)
    judged = tuple(results)
    everything = tuple(sorted([*judged, *_own_results(run, config, judged, waivers)], key=lambda r: r.rule))
    day = day_of(run)
    valid = [waiver for waiver in waivers if waiver.expires >= day]
    standing = {mark: _standing(mark, r.rule, f.subject, baseline, valid) for mark, r, f in _findings(everything)}
    unjudged = tuple(r.rule for r in judged if is_unclear(r) and r.rule not in config.gate.allow_unknown)
    verdict = _verdict(run, config, everything, standing, unjudged)
    return Decision(verdict=verdict, results=everything, unjudged=unjudged)


def day_of(run: Run) -> date:
    """The gate's clock: the day on which the run started."""
    started = run.noted("started")
    return datetime.fromisoformat(started).astimezone(UTC).date() if started else datetime.now(UTC).date()


def switched_on(rule: str, config: Config) -> bool:
    """Whether the configuration wants a rule to run."""
    return rule not in config.disable and (not config.rules or rule in config.rules)


def pages_read(run: Run) -> int:
    """HTML pages that answered with status 200."""
    return sum(run.count(Page, status=200, content_type=kind, redirect_to="") for kind in HTML)


def unclear_reason(result: Result) -> str:
    """Why a rule could not be judged, in one sentence."""
    if result.outcome == "error":
        last = result.reason.strip().splitlines()[-1] if result.reason.strip() else "no reason given"
        return f"the rule broke ({last}); its traceback is in results.json"
    reasons = list(dict.fromkeys(unknown.reason for unknown in result.unknowns)) or [result.reason or "no reason given"]
    return reasons[0] + (f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else "")


def is_unclear(result: Result) -> bool:
    """Also a rule that found something: where it could not look, there may be more."""
    return result.outcome in ("unknown", "error") or bool(result.unknowns)


def _findings(results: Iterable[Result]) -> Iterator[tuple[str, Result, Finding]]:
    for result in results:
        for finding in result.findings:
            yield fingerprint(result.rule, finding.subject), result, finding


def _standing(mark: str, rule: str, subject: str, baseline: Mapping[str, Known], waivers: Iterable[Waiver]) -> Standing:
    if any(waiver.covers(rule, subject) for waiver in waivers):
        return "waived"
    return "known" if mark in baseline else "new"


# --- the verdict ------------------------------------------------------------------------------------------------


def _verdict(
    run: Run, config: Config, results: tuple[Result, ...], standing: Mapping[str, Standing], unjudged: tuple[str, ...]
) -> Verdict:
    blocking = _blocking(config, results, standing)
    exit_code, headline = _said(run, config, results, standing, unjudged, blocking)
    if trouble(run):
        return Verdict(exit_code=exit_code, headline=headline, standing=standing)
    reasons = [_found_reason(run, rule, subjects) for rule, subjects in blocking.items()]
    reasons += [_unclear_told(result, config) for result in results if is_unclear(result)]
    return Verdict(exit_code=exit_code, headline=headline, reasons=(*reasons, *_coverage(run)), standing=standing)


def _said(
    run: Run,
    config: Config,
    results: tuple[Result, ...],
    standing: Mapping[str, Standing],
    unjudged: tuple[str, ...],
    blocking: Mapping[str, list[str]],
) -> tuple[int, str]:
    """Exit code and headline, the weightiest reason first."""
    if headline := _not_audited(run):
        return 2, headline
    if blocking:
        return 1, _blocked(config, blocking, unjudged)
    if headline := _too_little(run, config, results):
        return 2, headline
    if unjudged:
        return 2, f"Could not judge: {counted(len(unjudged), 'rule')} without a verdict ({_some(unjudged)})."
    return 0, _passed(run, config, results, standing)


def _blocking(config: Config, results: Iterable[Result], standing: Mapping[str, Standing]) -> dict[str, list[str]]:
    """Subjects of the findings that block, by rule."""
    if config.gate.fail_on == "never":
        return {}
    grave = SEVERITIES[: SEVERITIES.index(config.gate.fail_on) + 1]
    blocking: dict[str, list[str]] = {}
    for mark, result, finding in _findings(results):
        if result.severity in grave and standing[mark] == "new":
            blocking.setdefault(result.rule, []).append(finding.subject)
    return blocking


def trouble(run: Run) -> str:
    """Why the crawl could do nothing with the shop, in a sentence."""
    return (run.noted("crawl") or {}).get("trouble") or ""


def _not_audited(run: Run) -> str:
    """Why the run says nothing of the shop as a whole; "" when it does."""
    if sentence := trouble(run):
        return f"Could not judge: {sentence}"
    if run.noted("complete"):
        return ""
    why = run.noted("stopped") or "it was ended from outside"
    return f"Could not judge: the audit is not complete ({why}); go on with `auditor run --resume {run.folder}`."


def _too_little(run: Run, config: Config, results: Iterable[Result]) -> str:
    if (read := pages_read(run)) < config.gate.min_pages:
        return (
            f"Could not judge: only {counted(read, 'page')} of the shop could be read, fewer than gate.min_pages = "
            f"{config.gate.min_pages}; look at the pages that failed, or lower --min-pages."
        )
    if not any(result.family != FAMILY for result in results):
        return "Could not judge: no rule ran; look at `rules` and `disable` in the configuration."
    return ""


def _blocked(config: Config, blocking: Mapping[str, list[str]], unjudged: tuple[str, ...]) -> str:
    number = sum(map(len, blocking.values()))
    more = f" {counted(len(unjudged), 'rule')} could not be judged." if unjudged else ""
    return f"Blocked: {counted(number, 'new finding')} at or above {config.gate.fail_on} ({_some(blocking)}).{more}"


def _passed(run: Run, config: Config, results: Iterable[Result], standing: Mapping[str, Standing]) -> str:
    judged = sum(result.family != FAMILY for result in results)
    visits = run.count(Visit, outcome="ok")
    looked = f"{counted(judged, 'rule')} over {counted(pages_read(run), 'page')} and {counted(visits, 'visit')}"
    accepted = [
        f"{number} {word}"
        for word in ("known", "waived")
        if (number := sum(state == word for state in standing.values()))
    ]
    never = config.gate.fail_on == "never"
    clean = "gate.fail_on lets every finding pass" if never else f"nothing new at or above {config.gate.fail_on}"
    return f"Passed: {looked}, {clean}{' (' + ', '.join(accepted) + ')' if accepted else ''}."


def _found_reason(run: Run, rule: str, subjects: list[str]) -> str:
    return (
        f"{rule}: {counted(len(subjects), 'new finding')} ({_some(subjects)}). Fix, waive with a reason and a date, "
        f"or accept what is there today with `auditor baseline {run.folder}`."
    )


def _unclear_told(result: Result, config: Config) -> str:
    told = f"{result.rule} could not be judged: {unclear_reason(result)}."
    if result.rule in config.gate.allow_unknown:
        return f"{told} The configuration (gate.allow_unknown) accepts that."
    return f"{told} Look by hand, mend the cause and run again, or allow it with --allow-unknown {result.rule}."


def _coverage(run: Run) -> list[str]:
    """What the reader of a green verdict must know."""
    if (run.noted("crawl") or {}).get("ended") != "page limit":
        return []
    return ["The crawl ended at its page limit (crawl.max_pages): the verdict is about the pages that were read."]


def counted(number: int, thing: str) -> str:
    """``1 page``, ``2,000 pages``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _some(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:NAMED]) + (f" and {len(known) - NAMED} more" if len(known) > NAMED else "")


# --- baseline ---------------------------------------------------------------------------------------------------


def read_baseline(path: str) -> dict[str, Known]:
    """The known findings by fingerprint; none when no path is given."""
    if not path:
        return {}
    text = _read(Path(path), "`auditor baseline RUN` writes one")
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"is not JSON: {error}", Path(path)) from error
    if (
        not isinstance(data, dict)
        or data.get("schema") != BASELINE_SCHEMA
        or not isinstance(data.get("findings"), list)
    ):
        raise ConfigError(
            f'is not a baseline: {{"schema": {BASELINE_SCHEMA}, "findings": […]}} is expected', Path(path)
        )
    entries = [_entry(Known, item, f"finding {n}", Path(path)) for n, item in enumerate(data["findings"], 1)]
    for number, entry in enumerate(entries, 1):
        if entry.fingerprint != fingerprint(entry.rule, entry.subject):
            raise ConfigError(
                f"finding {number}: the fingerprint is not that of {entry.rule} and '{entry.subject}'; "
                "was the file edited by hand?",
                Path(path),
            )
    return {entry.fingerprint: entry for entry in entries}


def baseline_of(run: Run, config: Config, results: Iterable[Result], before: Mapping[str, Known]) -> dict[str, Known]:
    """Today's findings as known ones; those that were known keep their date. Waived ones stay out: waivers end."""
    decision = decide(run, config, results)
    return {
        mark: before.get(mark) or Known(rule=r.rule, subject=f.subject, fingerprint=mark, since=day_of(run))
        for mark, r, f in _findings(decision.results)
        if decision.verdict.standing[mark] != "waived" and r.family != FAMILY
    }


def baseline_text(known: Mapping[str, Known]) -> str:
    """The baseline file: sorted and a key a line, so that its changes can be reviewed."""
    entries = sorted(known.values(), key=lambda entry: (entry.rule, entry.subject))
    findings = [entry.model_dump(mode="json") for entry in entries]
    return json.dumps({"schema": BASELINE_SCHEMA, "findings": findings}, indent=2, ensure_ascii=False) + "\n"


# --- waivers ----------------------------------------------------------------------------------------------------


def read_waivers(path: str) -> list[Waiver]:
    """The waivers of a TOML file, a ``[[waiver]]`` each; none when no path is given."""
    if not path:
        return []
    text = _read(Path(path), "it holds a [[waiver]] table for every finding that is accepted")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}", Path(path)) from error
    if set(data) - {"waiver"} or not isinstance(data.get("waiver", []), list):
        raise ConfigError("only [[waiver]] tables are expected", Path(path))
    return [_entry(Waiver, item, f"waiver {n}", Path(path)) for n, item in enumerate(data.get("waiver", []), 1)]


def _read(path: Path, hint: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"there is no such file; {hint}", path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path) from error


def _entry(model: type, item: object, name: str, path: Path) -> Known | Waiver:
    try:
        return model.model_validate(item)
    except ValidationError as error:
        raise ConfigError(f"{name}: " + "; ".join(mistakes(error, model)), path) from None


# --- the gate's own rules ---------------------------------------------------------------------------------------

FAMILY = "gate"


def _rule(id: str, title: str, why: str, fix: str) -> Rule:
    return Rule(
        id=id,
        family=FAMILY,
        severity="warning",
        needs=(),
        articles={},
        severities={},
        languages=(),
        title=title,
        why=why,
        fix=fix,
        judge=lambda _: iter(()),
    )


RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        _rule(
            "waiver-expired",
            "A waiver has expired.",
            "It no longer accepts anything: what it covered is judged as if it were new.",
            "Mend the fault and delete the waiver, or have its owner accept it until a new date.",
        ),
        _rule(
            "waiver-unused",
            "A waiver covers no finding.",
            "A waiver that outlives its fault silently accepts the next one of the same name.",
            "Delete it, or correct its rule or subject.",
        ),
    )
}


def _own_results(run: Run, config: Config, results: tuple[Result, ...], waivers: list[Waiver]) -> list[Result]:
    day = day_of(run)
    numbered = list(enumerate(waivers, 1))
    expired = [(n, w, f"expired on {w.expires}") for n, w in numbered if w.expires < day]
    unused = [(n, w, why) for n, w in numbered if w.expires >= day and (why := _unused(w, results, run))]
    told = {"waiver-expired": expired, "waiver-unused": unused}
    path = Path(config.gate.waivers)
    return [_own_result(rule, path, waivers) for rule, waivers in told.items() if switched_on(rule, config)]


def _own_result(rule: str, path: Path, told: list[tuple[int, Waiver, str]]) -> Result:
    by_subject = {
        f"{waiver.rule}: {waiver.subject}": Finding(
            message=f"Waiver {number} in {path.name} (owner {waiver.owner}) {why}.",
            subject=f"{waiver.rule}: {waiver.subject}",
            evidence=(f"waiver:{number}",),
            quote=waiver.reason,
        )
        for number, waiver, why in told
    }
    findings = tuple(by_subject.values())
    outcome = "fail" if findings else "pass" if path.name else "inapplicable"
    reason = "" if path.name else "no waivers file is configured (gate.waivers)"
    return Result(rule=rule, family=FAMILY, severity="warning", outcome=outcome, findings=findings, reason=reason)


def _unused(waiver: Waiver, results: Iterable[Result], run: Run) -> str:
    """Why a waiver is of no use; "" when it is of use or this run can't tell, for its rule was not fully judged."""
    rules = shelves.rules()
    if waiver.rule not in rules and waiver.rule not in RULES:
        near = closest(waiver.rule, rules)
        return f"names the rule {waiver.rule}, which there is not" + (f" (the nearest is {near})" if near else "")
    result = next((result for result in results if result.rule == waiver.rule), None)
    if result is None or result.outcome not in ("pass", "fail") or is_unclear(result) or not run.noted("complete"):
        return ""
    if any(waiver.covers(result.rule, finding.subject) for finding in result.findings):
        return ""
    return f"covers no finding of {waiver.rule}"
