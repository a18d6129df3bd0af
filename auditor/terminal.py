"""What the command line shows: progress while it works, the summary at the end.

Progress goes to standard error, results to standard output. On a terminal there are bars, in a pipe plain lines
without colours. Everything from the shop is hostile: control, bidi and escape characters are shown, never sent.
"""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from auditor import gate
from auditor.model import SEVERITIES, Result, Visit, fingerprint
from auditor.progress import Progress, Silent
from auditor.shelves import Rule
from auditor.stages import Written
from auditor.texts import Told
from auditor.view import View

COLORS = {"error": "red", "warning": "yellow", "notice": "cyan"}
VERDICT_COLORS = {0: "bold green", 1: "bold red", 2: "bold yellow"}
SUBJECTS = 5  # shown for one rule; the reports hold them all
LONGEST = 300
HEARTBEAT = 60.0  # seconds after which a pipe gets a line: CI systems end jobs that are silent for long


class Terminal(Console):
    """A console that survives a closed pipe: `auditor run … | head` must not change the exit code."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        self.quiet = True
        close_quietly(sys.stderr if self.stderr else sys.stdout)

    def say(self, text: str, style: str = "") -> None:
        """One line of ours and the shop's words, never wrapped: paths and commands are copied from it."""
        self.print(Text(printable(text, 10 * LONGEST), style=style), soft_wrap=True)


def close_quietly(stream: object) -> None:
    """Send what is still printed into nowhere: the reader is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def printable(text: str, limit: int = LONGEST) -> str:
    """``text`` with invisible and commanding characters written out, on one line, cut to ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(_shown(character) for character in cut)


def _shown(character: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return " "
    if unicodedata.category(character)[0] != "C":
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


# --- progress ---------------------------------------------------------------------------------------------------

STAGES = {
    "crawl": "crawling the shop",
    "visit": "visiting pages in Chromium",
    "check": "judging",
    "report": "writing the reports",
}


class Tally:
    """The figures of all stages, in words."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def pages(self, done: int, queued: int, url: str) -> None:
        self.told["crawl"] = f"{gate.counted(done, 'page')}, {queued:,} queued"

    def visits(self, done: int, total: int, scenario: str, url: str) -> None:
        self.told["visit"] = f"{done:,} of {total:,} visits, {printable(scenario, 20)}"

    def judged(self, done: int, total: int, findings: int) -> None:
        self.told["check"] = f"{done} of {total} rules, {gate.counted(findings, 'finding')}"


class Lines(Tally):
    """Progress in a pipe: a line when a stage begins and ends, and one now and then in between."""

    def __init__(self, console: Terminal) -> None:
        super().__init__()
        self._console = console
        self._stage = ""
        self._begun = self._last = time.monotonic()

    def stage(self, name: str) -> None:
        self.close()
        self._stage, self._begun = name, time.monotonic()
        self._say(STAGES.get(name, name))

    def close(self) -> None:
        """End the last stage."""
        if self._stage in self.told:
            self._say(f"{self.told[self._stage]}, {time.monotonic() - self._begun:.0f} s")
        self._stage = ""

    def pages(self, done: int, queued: int, url: str) -> None:
        super().pages(done, queued, url)
        self._beat()

    def visits(self, done: int, total: int, scenario: str, url: str) -> None:
        super().visits(done, total, scenario, url)
        self._beat()

    def note(self, text: str) -> None:
        self._console.say(text)

    def _beat(self) -> None:
        if time.monotonic() - self._last >= HEARTBEAT:
            self._say(self.told.get(self._stage, "at work"))

    def _say(self, text: str) -> None:
        self._last = time.monotonic()
        self._console.say(f"{self._stage}: {text}")


class Live(Tally):
    """Progress on a terminal: a bar a stage."""

    def __init__(self, console: Terminal) -> None:
        super().__init__()
        self._console = console
        self._tasks: dict[str, object] = {}
        self.bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[told]}", markup=False),
            TimeElapsedColumn(),
            TimeRemainingColumn(compact=True),
            console=console,
        )

    def stage(self, name: str) -> None:
        if name not in self._tasks:
            told = "" if name in ("crawl", "visit") else STAGES.get(name, "")
            self._tasks[name] = self.bars.add_task(f"{printable(name, 8):<6}", total=None, told=told)
        if name in ("check", "report"):
            for task in self.bars.tasks:
                self.bars.stop_task(task.id) if task.id != self._tasks[name] else None

    def pages(self, done: int, queued: int, url: str) -> None:
        super().pages(done, queued, url)
        self._draw("crawl", done, done + queued)

    def visits(self, done: int, total: int, scenario: str, url: str) -> None:
        super().visits(done, total, scenario, url)
        self._draw("visit", done, total)

    def judged(self, done: int, total: int, findings: int) -> None:
        super().judged(done, total, findings)
        self._draw("check", done, total)

    def note(self, text: str) -> None:
        self._console.say(text)

    def _draw(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self.stage(stage)
        self.bars.update(self._tasks[stage], completed=done, total=max(total, 1), told=self.told[stage])


@contextmanager
def progress_on(console: Terminal, quiet: bool) -> Iterator[Progress]:
    """Whatever suits the reader: bars, lines, or nothing."""
    if quiet:
        yield Silent()
    elif console.is_interactive:
        live = Live(console)
        with live.bars:
            yield live
    else:
        lines = Lines(console)
        try:
            yield lines
        finally:
            lines.close()


# --- summary ----------------------------------------------------------------------------------------------------


def print_summary(console: Terminal, view: View, reports: Iterable[Written] = ()) -> None:
    """The verdict, what failed, what could not be judged, where the reports are."""
    print_verdict(console, view)
    for line in _coverage(view):
        console.say(line)
    failing = [result for result in view.results if result.findings]
    if failing:
        console.print()
        console.print(_findings_table(failing, view.verdict.standing))
    if not gate.trouble(view.site.run):
        _print_unclear(console, view.results)
    if failing:
        console.print()
        console.say("`auditor rules RULE` says why a rule matters and how to fix what it finds.")
    print_reports(console, reports)


def print_verdict(console: Terminal, view: View) -> None:
    """The headline, on one line."""
    console.say(view.verdict.headline, VERDICT_COLORS.get(view.verdict.exit_code, ""))


def print_reports(console: Terminal, reports: Iterable[Written]) -> None:
    """Where each report is, or why it is not."""
    written = list(reports)
    if written:
        console.print()
    for report in written:
        told = f"not written: {report.failure}" if report.failure else str(report.path)
        console.say(f"{report.format:<5} {told}", "red" if report.failure else "")


def _coverage(view: View) -> tuple[str, str]:
    outcomes = Counter(result.outcome for result in view.results if result.family != gate.FAMILY)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "none"
    run = view.site.run
    pages = gate.counted(gate.pages_read(run), "page")
    visits = gate.counted(run.count(Visit, outcome="ok"), "visit")
    return f"{view.site.url}: {pages}, {visits}", f"rules: {told}"


def _findings_table(results: Iterable[Result], standing: Mapping[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    table.add_column("severity", no_wrap=True)
    table.add_column("rule and subject", overflow="fold", ratio=1)
    table.add_column("pages", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for result in sorted(results, key=lambda r: (SEVERITIES.index(r.severity), r.rule)):
        table.add_row(Text(result.severity, style=COLORS[result.severity]), Text(result.rule, style="bold"), "", "")
        for finding in result.findings[:SUBJECTS]:
            state = standing.get(fingerprint(result.rule, finding.subject), "new")
            pages = f"{finding.pages.count:,}" if finding.pages.count else ""
            table.add_row("", _indented(finding.subject), pages, "" if state == "new" else state)
        if len(result.findings) > SUBJECTS:
            table.add_row("", _indented(f"and {len(result.findings) - SUBJECTS} more, in the reports"), "", "")
    return table


def _print_unclear(console: Terminal, results: Iterable[Result]) -> None:
    """The rules that could not be judged, those of one reason together."""
    rules: dict[str, list[str]] = {}
    for result in results:
        if gate.is_unclear(result):
            rules.setdefault(gate.unclear_reason(result), []).append(result.rule)
    if rules:
        console.print()
        console.print(Text("Could not judge", style="bold yellow"))
    for reason, names in rules.items():
        console.print(_indented(", ".join(names)))
        console.print(_indented(reason, 4))


def _indented(text: str, columns: int = 2) -> Padding:
    return Padding(Text(printable(text), overflow="fold"), (0, 0, 0, columns))


# --- one text ---------------------------------------------------------------------------------------------------


def print_text(console: Terminal, name: str, found: Iterable[Told], doubts: Iterable[str]) -> None:
    """What is at fault in one text, each place in its context with the quote marked; then what could not be judged."""
    found, doubts = list(found), list(doubts)
    console.say(f"{name}: {gate.counted(len(found), 'finding')}", "bold")
    for one in found:
        console.print()
        where = f"{one.line}:{one.column} " if one.line else ""
        severity = Text(f"{one.rule.severity} ", style=COLORS[one.rule.severity])
        console.print(Text(where) + severity + Text(printable(one.rule.id), style="bold"))
        console.print(_indented(one.message))
        if one.quote:
            console.print(Padding(_marked(one), (0, 0, 0, 4)))
        if one.fix:
            console.print(_indented(f"Fix: {one.fix}"))
    if doubts:
        console.print()
        console.print(Text("Could not judge", style="bold yellow"))
    for doubt in doubts:
        console.print(_indented(doubt))


def _marked(one: Told) -> Text:
    """The quote between brackets, which also show where there are no colours, with what stands around it."""
    quote = Text(f"⟦{printable(one.quote)}⟧", style="bold reverse")
    text = Text(overflow="fold")
    return text + Text(f"{printable(one.before)} ") + quote + Text(f" {printable(one.after)}")


# --- rules ------------------------------------------------------------------------------------------------------


def print_rules(console: Terminal, rules: Iterable[Rule]) -> None:
    """Two lines for every rule: what it is called and where it applies, and what it finds."""
    for rule in rules:
        severity = Text(f"{rule.severity:<8}", style=COLORS[rule.severity])
        name = Text(f"{printable(rule.id):<38} ", style="bold")
        console.print(name + severity + Text(" ".join(rule.profiles)))
        console.print(_indented(rule.title))


def print_rule(console: Terminal, rule: Rule) -> None:
    """Everything that there is to say of one rule."""
    console.say(f"{rule.id} ({rule.family}, {rule.severity})", "bold")
    for name, text in (("", rule.title), ("Why: ", rule.why), ("Fix: ", rule.fix)):
        console.print()
        console.print(Text(name, style="bold") + Text(text))
    for profile, articles in rule.articles.items():
        severity = rule.severities.get(profile, rule.severity)
        console.print()
        console.print(Text(f"{profile} ({severity}): ", style="bold") + Text("; ".join(articles)))
    languages = " ".join(rule.languages) or "any"
    console.print()
    console.print(Text(f"Languages: {languages}. Needs: {', '.join(rule.needs) or 'nothing'}."))
