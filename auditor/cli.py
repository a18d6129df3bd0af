"""The command line. Exit codes: 0 passed, 1 findings, 2 could not judge, 3 wrong usage or configuration (gate.py)."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from auditor import __version__, config, gate, shelves, stages, terminal, texts
from auditor.config import Config, ConfigError, Secrets
from auditor.flags import ALL, CRAWL, GATE, JUDGING, SHOP, VISITS, Grouped, flag_of, flags, given
from auditor.model import LEGAL_KINDS
from auditor.starter import starter
from auditor.stop import Stop
from auditor.store import Run
from auditor.terminal import Terminal
from auditor.urls import host_of
from auditor.view import View

RUNS = Path("auditor-runs")
BASELINE = Path("auditor-baseline.json")


@dataclasses.dataclass
class Session:
    """One call of the command line: where it prints, and what must not be lost when it breaks."""

    out: Terminal = dataclasses.field(default_factory=Terminal)
    err: Terminal = dataclasses.field(default_factory=lambda: Terminal(stderr=True))
    quiet: bool = False
    format: str = "text"
    folder: Path | None = None  # of the run
    secrets: Secrets = dataclasses.field(default_factory=Secrets)

    def fail(self, message: str, exit_code: int) -> int:
        for line in self.secrets.masked(message).splitlines():
            self.err.say(f"error: {line}", "red")
        return exit_code

    def emit(self, text: str) -> None:
        """Print machine output."""
        try:
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            terminal.close_quietly(sys.stdout)


class Auditor(click.Group):
    """The group of commands, with our exit codes and without tracebacks."""

    def main(self, args: Any = None, prog_name: str | None = None, **extra: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        session = Session()
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "auditor", obj=session, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = 3
        except click.ClickException as error:
            code = session.fail(_usage_told(error), 3)
        except click.Abort:
            code = session.fail("stopped", 2)
        sys.exit(code)

    def list_commands(self, context: click.Context) -> list[str]:
        """In the order of work, not of the alphabet."""
        return list(self.commands)

    def invoke(self, context: click.Context) -> int:
        session: Session = context.obj
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            return session.fail(_interrupted_told(session.folder), 2)
        except ConfigError as error:
            return session.fail(str(error), 3)
        except Exception as error:
            return session.fail(_broken_told(session, error), 2)


def _usage_told(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f"; see `{context.command_path} --help`" if context else ""
    return f"{error.format_message().rstrip('.')}{hint}"


def _broken_told(session: Session, error: Exception) -> str:
    kept = f"; what was gathered is kept in {session.folder}" if session.folder else ""
    if sentence := stages.told(error):
        return sentence if isinstance(error, stages.AuditError) else f"{sentence}{kept}"
    return stages.crashed(session.folder or Path(tempfile.gettempdir()), error, session.secrets) + kept


def _interrupted_told(folder: Path | None) -> str:
    if folder is None:
        return "stopped"
    return f"stopped; what was gathered is kept: `auditor check {folder}` judges it"


# --- options that commands share --------------------------------------------------------------------------------


def _printed(context: click.Context, _: click.Parameter, value: str) -> str:
    if value not in ("text", "json"):
        hint = " (report files are chosen with --reports)" if context.command.name == "run" else ""
        raise click.BadParameter(f"'{value}' is neither text nor json{hint}")
    context.obj.format = value
    return value


def _hushed(context: click.Context, _: click.Parameter, value: bool) -> bool:
    context.obj.quiet = value
    return value


quiet_option = click.option(
    "--quiet", is_flag=True, callback=_hushed, expose_value=False, help="Print nothing but the verdict."
)
format_option = click.option(
    "--format",
    metavar="[text|json]",
    default="text",
    callback=_printed,
    expose_value=False,
    help="What is printed on standard output: a summary, or JSON for other programs.",
)
config_option = click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration; default: auditor.toml here, else [tool.auditor] in pyproject.toml.",
)
layered_option = click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration to put over that of the run; default: none.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the run and its reports [default: auditor-runs/HOST-DATE-TIME]",
)
resume_option = click.option(
    "--resume", type=click.Path(path_type=Path), metavar="RUN", help="Go on with a run that was stopped."
)
run_argument = click.argument("folder", metavar="RUN", type=click.Path(path_type=Path))


def command(name: str, *examples: str) -> Callable[[Callable], click.Command]:
    """Register a command of the group, with examples below its help."""
    epilog = "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)
    return cli.command(name, cls=Grouped, epilog=epilog)


@click.group(cls=Auditor, epilog="`auditor COMMAND --help` shows each command's flags, with examples.")
@click.version_option(__version__, prog_name="storefront-auditor")
def cli() -> None:
    """Crawl a whole storefront and judge its privacy compliance.

    Exit codes: 0 passed; 1 findings that are neither known nor waived; 2 could not judge; 3 wrong usage or
    configuration.
    """


main = cli


# --- looking at a shop ------------------------------------------------------------------------------------------


@command(
    "run",
    "auditor run https://www.shop.example/",
    "auditor run https://staging.shop.example/ --profile de,fr --out audit --max-pages 500",
    "auditor run --resume auditor-runs/www.shop.example-2026-11-25-013000",
    "AUDITOR_BASIC_AUTH=user:password auditor run staging.shop.example --quiet",
    "auditor run https://www.shop.example/ --format json > results.json",
)
@click.argument("url", required=False)
@out_option
@resume_option
@config_option
@quiet_option
@format_option
@flags(ALL)
@click.pass_obj
def run_command(
    session: Session, url: str | None, out: Path | None, resume: Path | None, file: Path | None, **arguments: Any
) -> int:
    """Audit the shop at URL: crawl it, judge it, write the reports; the verdict is the exit code.

    Ctrl-C stops, judges what there is and says how to go on; a second one ends at once.
    """
    run, settings = _begin(session, url, out, resume, file, arguments)
    with run:
        return _audit(session, run, settings)[0]


@command(
    "crawl",
    "auditor crawl https://www.shop.example/ --out tonight",
    "auditor check tonight",
)
@click.argument("url", required=False)
@out_option
@resume_option
@config_option
@quiet_option
@flags((*SHOP, *CRAWL, *VISITS, *JUDGING))
@click.pass_obj
def crawl_command(
    session: Session, url: str | None, out: Path | None, resume: Path | None, file: Path | None, **arguments: Any
) -> int:
    """Gather the evidence of the shop at URL and judge nothing."""
    run, settings = _begin(session, url, out, resume, file, arguments)
    with run, Stop(_last_words(session)) as stop:
        with terminal.progress_on(session.err, session.quiet) as progress:
            _crawl(run, settings, session.secrets, progress, stop)
        session.out.say(_crawl_told(run))
        return 0 if run.noted("complete") else 2


def _begin(
    session: Session, url: str | None, out: Path | None, resume: Path | None, file: Path | None, arguments: dict
) -> tuple[Run, Config]:
    """The run to work on, new or resumed, and its configuration."""
    session.secrets = config.read_secrets()
    chosen = given(arguments)
    if resume:
        if url or out:
            raise ConfigError("--resume goes on with a run in its own folder: give neither an address nor --out")
        run = stages.open_run(resume)
        session.folder = resume
        settings = stages.config_of(run, file, chosen, flag_name=flag_of)
        _preflight(settings)
        return run, settings
    if url is not None:
        chosen["shop"] = url
    settings = config.build(file=file or config.find(Path()), flags=chosen, flag_name=flag_of)
    if not settings.shop:
        raise ConfigError("which shop? Give its address, or `shop` in auditor.toml (`auditor init` writes one)")
    _preflight(settings)
    folder = out or _default_out(host_of(settings.shop))
    run = stages.create_run(folder)
    session.folder = folder
    return run, settings


def _preflight(settings: Config) -> None:
    stages.preflight(settings)
    stages.preflight_crawl(settings)


def _default_out(name: str) -> Path:
    """A new folder's path; local time, as on the clock of who looks for it."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    base = f"{re.sub('[^a-z0-9.-]', '-', name)}-{stamp}"
    candidates = (RUNS / (base if n == 1 else f"{base}-{n}") for n in range(1, 1000))
    return next(path for path in candidates if not path.exists())


def _audit(session: Session, run: Run, settings: Config) -> tuple[int, gate.Decision]:
    """Crawl, check, report, gate; the exit code and why. Reports are written first, whatever it is."""
    with Stop(_last_words(session)) as stop, terminal.progress_on(session.err, session.quiet) as progress:
        _crawl(run, settings, session.secrets, progress, stop)
        stages.check(run, settings, progress)
        view, decision = stages.view(run, settings)
        written = stages.report(view, _formats(session, settings.reports), progress)
    return _told(session, view, decision, written), decision


def _crawl(run: Run, settings: Config, secrets: Secrets, progress: Any, stop: Stop) -> None:
    if run.noted("complete"):
        progress.note("This run is complete; nothing is left to crawl.")
    else:
        stages.crawl(run, settings, secrets, progress, stop)


def _last_words(session: Session) -> Callable[[], None]:
    return lambda: session.err.show_cursor(True)


def _formats(session: Session, wanted: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*wanted, *(["json"] if session.format == "json" else [])]))


def _told(session: Session, view: View, decision: gate.Decision, written: list[stages.Written]) -> int:
    """Print the outcome; the exit code, which is no 0 when a report is missing."""
    failed = [report for report in written if report.failure]
    if session.format == "json":
        _emit_results(session, written)
    elif session.quiet:
        terminal.print_verdict(session.out, view)
    else:
        terminal.print_summary(session.out, view, written)
    if session.quiet or session.format == "json":
        terminal.print_reports(session.err, failed)
    return decision.verdict.exit_code or (2 if failed else 0)


def _emit_results(session: Session, written: list[stages.Written]) -> None:
    for report in written:
        if report.format == "json" and not report.failure:
            session.emit(report.path.read_text(encoding="utf-8"))


def _crawl_told(run: Run) -> str:
    """What the crawl gathered and what to do next, in a sentence or two."""
    if trouble := (run.noted("crawl") or {}).get("trouble"):
        return f"Could not audit the shop: {trouble}"
    pages = f"{gate.counted(gate.pages_read(run), 'page')} in {run.folder}."
    if run.noted("complete"):
        return f"{pages} `auditor check {run.folder}` judges them."
    return f"{pages} Not complete: {run.noted('stopped')}; go on with `auditor crawl --resume {run.folder}`."


# --- judging a run ----------------------------------------------------------------------------------------------


@command(
    "check",
    "auditor check auditor-runs/www.shop.example-2026-11-25-013000",
    "auditor check RUN --profile eu,kr --rule cookie-before-consent",
    "auditor check RUN --format json",
)
@run_argument
@layered_option
@quiet_option
@format_option
@flags((*JUDGING, *GATE))
@click.pass_obj
def check_command(session: Session, folder: Path, file: Path | None, **arguments: Any) -> int:
    """Judge an existing RUN again by today's rules, offline; the verdict is the exit code.

    The run's own configuration holds, with these flags on top. Reports that lie in the run are written anew.
    """
    with _opened(session, folder) as run:
        settings = stages.config_of(run, file, given(arguments), flag_name=flag_of)
        stages.preflight(settings)
        with Stop(_last_words(session)), terminal.progress_on(session.err, session.quiet) as progress:
            stages.check(run, settings, progress)
            view, decision = stages.view(run, settings)
            written = stages.report(view, dict.fromkeys(["json", *stages.stale(run)]), progress)
        return _told(session, view, decision, written)


@command(
    "text",
    "auditor text privacy.html imprint.html --profile de",
    "auditor text https://www.shop.example/privacy",
    "pandoc privacy.docx -t html | auditor text - --kind privacy",
    "auditor text --jsonl-input passages.jsonl --format jsonl",
)
@click.argument("names", nargs=-1, metavar="[FILE|URL|-]...")
@click.option(
    "--jsonl-input",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help='Lines of {"id", "html" or "text", "kind"?, "lang"?}: many texts at once.',
)
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", help="For people, or a JSON line a text."
)
@click.option("--kind", type=click.Choice(LEGAL_KINDS), help="What the text is [default: by its title]")
@click.option("--lang", default="", metavar="CODE", help="The text's language, ISO 639-1 [default: detected]")
@flags((*JUDGING, *SHOP))
@click.pass_obj
def text_command(
    session: Session,
    names: tuple[str, ...],
    jsonl_input: Path | None,
    form: str,
    kind: str,
    lang: str,
    **arguments: Any,
) -> int:
    """Read legal texts without a shop around them and print what is at fault, in context.

    Exit codes: 0 nothing at fault; 1 something; 2 something could not be judged; 3 wrong usage. JSON lines always end with 0.
    """
    settings = config.build(flags=given(arguments), flag_name=flag_of)
    stages.preflight(settings)
    rules = texts.rules_for(settings)
    given_texts = [
        *(texts.lines(jsonl_input) if jsonl_input else ()),
        *texts.sources(names, kind or "", lang, settings),
    ]
    if not given_texts:
        raise ConfigError("which text? Give a file, an address, or - for standard input")
    if form == "jsonl":
        for source in given_texts:
            session.emit(texts.as_line(source, rules))
        return 0
    return max(_text_told(session, source, rules) for source in given_texts)


def _text_told(session: Session, source: texts.Source, rules: list[shelves.Rule]) -> int:
    reading = source.read()
    found, unclear = texts.told(reading, rules), texts.doubts(reading, rules)
    terminal.print_text(session.out, source.id, found, unclear)
    return 1 if found else 2 if unclear else 0


@command(
    "report",
    "auditor report auditor-runs/www.shop.example-2026-11-25-013000",
    "auditor report RUN --format html,csv",
)
@run_argument
@click.option(
    "--format",
    "reports",
    multiple=True,
    metavar="FORMATS",
    help="Formats to write [default: those of the run, html,csv,json]",
)
@layered_option
@quiet_option
@flags(GATE)
@click.pass_obj
def report_command(session: Session, folder: Path, file: Path | None, **arguments: Any) -> int:
    """Write the reports of a RUN that was judged, into its folder."""
    with _opened(session, folder) as run:
        settings = stages.config_of(run, file, given(arguments), flag_name=flag_of)
        stages.preflight(settings)
        view, _ = stages.view(run, settings)
        with terminal.progress_on(session.err, session.quiet) as progress:
            written = stages.report(view, settings.reports, progress)
    terminal.print_reports(session.out, [report for report in written if report.failure or not session.quiet])
    return 2 if any(report.failure for report in written) else 0


@command(
    "gate",
    "auditor gate auditor-runs/www.shop.example-2026-11-25-013000",
    "auditor gate RUN --fail-on warning --baseline auditor-baseline.json --waivers waivers.toml",
    "auditor gate RUN --format json",
)
@run_argument
@layered_option
@quiet_option
@format_option
@flags(GATE)
@click.pass_obj
def gate_command(session: Session, folder: Path, file: Path | None, **arguments: Any) -> int:
    """Say whether a RUN that was judged may pass; the verdict is the exit code."""
    with _opened(session, folder) as run:
        settings = stages.config_of(run, file, given(arguments), flag_name=flag_of)
        stages.preflight(settings)
        view, decision = stages.view(run, settings)
        verdict = decision.verdict
        if session.format == "json":
            session.emit(json.dumps(_verdict_data(decision), indent=2, ensure_ascii=False))
        else:
            terminal.print_verdict(session.out, view)
            for reason in () if session.quiet else verdict.reasons:
                session.out.say(f"- {reason}")
    return verdict.exit_code


def _verdict_data(decision: gate.Decision) -> dict[str, Any]:
    verdict = decision.verdict
    return {
        "schema": 1,
        "exit_code": verdict.exit_code,
        "headline": verdict.headline,
        "reasons": list(verdict.reasons),
        "unjudged": list(decision.unjudged),
        "standing": dict(sorted(verdict.standing.items())),
    }


@command(
    "baseline",
    "auditor baseline auditor-runs/www.shop.example-2026-11-25-013000",
    "auditor baseline RUN --write shop/auditor-baseline.json",
    "auditor baseline RUN --write -",
)
@run_argument
@click.option(
    "--write",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write, - for standard output [default: the run's baseline, else auditor-baseline.json]",
)
@layered_option
@quiet_option
@flags(("gate.waivers",))
@click.pass_obj
def baseline_command(session: Session, folder: Path, write: Path | None, file: Path | None, **arguments: Any) -> int:
    """Accept what a RUN found: from now on only new findings block.

    Findings that the file holds already keep their date, those that are gone leave it. Waived findings stay out.
    """
    with _opened(session, folder) as run:
        settings = stages.config_of(run, file, given(arguments), flag_name=flag_of)
        target = write or Path(settings.gate.baseline or BASELINE)
        before = gate.read_baseline(str(target)) if target.is_file() else {}
        known = gate.baseline_of(run, _without_baseline(settings), _results(run), before)
    text = gate.baseline_text(known)
    if str(target) == "-":
        session.emit(text)
        return 0
    _write(target, text)
    added, gone = len(known.keys() - before.keys()), len(before.keys() - known.keys())
    session.out.say(f"{target}: {gate.counted(len(known), 'known finding')} ({added} added, {gone} gone).")
    if not session.quiet:
        session.out.say(f"Use it with --baseline {target}, or `baseline` below [gate] in auditor.toml.")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path) from error


def _without_baseline(settings: Config) -> Config:
    """The baseline that is about to be written need not exist."""
    return settings.model_copy(update={"gate": settings.gate.model_copy(update={"baseline": ""})})


def _results(run: Run) -> list:
    if not run.noted("judged"):
        raise ConfigError(f"the run in {run.folder} is not judged yet; `auditor check {run.folder}` does it")
    return run.results()


def _opened(session: Session, folder: Path) -> Run:
    run = stages.open_run(folder)
    session.folder = folder
    return run


# --- the rest ---------------------------------------------------------------------------------------------------


@command("rules", "auditor rules", "auditor rules cookie-before-consent", "auditor rules --format json")
@click.argument("rule_id", metavar="[ID]", required=False)
@format_option
@click.pass_obj
def rules_command(session: Session, rule_id: str | None) -> int:
    """List the rules, or explain the one with this ID."""
    rules = {**shelves.rules(), **gate.RULES}
    if rule_id is not None and rule_id not in rules:
        near = config.closest(rule_id, rules)
        hint = f"did you mean {near}?" if near else "`auditor rules` lists them"
        raise ConfigError(f"there is no rule '{rule_id}'; {hint}")
    chosen = [rules[rule_id]] if rule_id else [rules[name] for name in sorted(rules)]
    if session.format == "json":
        data = [_rule_data(rule) for rule in chosen]
        session.emit(json.dumps(data[0] if rule_id else data, indent=2, ensure_ascii=False))
    elif rule_id:
        terminal.print_rule(session.out, chosen[0])
    else:
        terminal.print_rules(session.out, chosen)
    return 0


def _rule_data(rule: shelves.Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "severities": dict(rule.severities),
        "profiles": list(rule.profiles),
        "articles": {profile: list(texts) for profile, texts in rule.articles.items()},
        "languages": list(rule.languages),
        "needs": list(rule.needs),
        "title": rule.title,
        "why": rule.why,
        "fix": rule.fix,
    }


@command("demo", "auditor demo", "auditor demo --serve --port 8000", "auditor demo --out demo-run")
@click.option("--serve", is_flag=True, help="Leave the demo shop running after the audit, until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the demo shop [default: a free one]")
@out_option
@quiet_option
@format_option
@flags(("visits.browser", "crawl.max_pages", "visits.pages", "profile", "reports"))
@click.pass_obj
def demo_command(session: Session, serve: bool, port: int, out: Path | None, **arguments: Any) -> int:
    """Audit the built-in demo shop on this machine and write the reports.

    The demo shop has faults by design: the exit code is 0 when every rule was judged, whatever it found, and 2 when
    one could not be.
    """
    from auditor.demo import FAULTS, DemoShop

    with _demo_shop(lambda: DemoShop(faults=FAULTS, port=port)) as shop:
        settings = config.build(flags={**given(arguments), "shop": shop.url}, flag_name=flag_of)
        _preflight(settings)
        session.folder = out or _default_out("demo")
        with stages.create_run(session.folder) as run:
            code, decision = _audit(session, run, settings)
        if session.format == "text" and not session.quiet:
            session.out.say("The demo shop has these faults by design, so the exit code does not count them.")
        if serve:
            _until_interrupted(session, shop)
    return 2 if code == 2 or decision.unjudged else 0


def _demo_shop(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except OSError as error:
        raise ConfigError(f"--port: the demo shop cannot be served there: {error.strerror}") from error


def _until_interrupted(session: Session, shop: Any) -> None:
    try:
        session.err.say(f"The demo shop is at {shop.url} until Ctrl-C.")
        shop.wait()
    except KeyboardInterrupt:
        return


@command(
    "init",
    "auditor init https://www.shop.example/ --profile eu,kr",
    "auditor init",
)
@click.argument("url", required=False)
@click.option("--file", type=click.Path(path_type=Path), default=Path(config.FILE), help="File to write.")
@flags(("profile",))
@click.pass_obj
def init_command(session: Session, url: str | None, file: Path, **arguments: Any) -> int:
    """Write an auditor.toml that explains every key. Nothing is asked unless there is a terminal to ask on."""
    if file.exists():
        raise ConfigError("exists already; nothing was written", file)
    values = given(arguments)
    if url is None and sys.stdin.isatty() and sys.stdout.isatty():
        url = click.prompt("Address of the shop")
        values.setdefault("profile", click.prompt("Where it sells (eu de fr uk us-ca kr cn jp br qc)", default="eu"))
    if url:
        values["shop"] = url
    checked = config.build(flags=values, flag_name=flag_of)
    _write(file, starter({key: getattr(checked, key) for key in values}))
    session.out.say(f"{file} is written. Next: `auditor run`" + ("" if url else " with the shop's address") + ".")
    return 0
