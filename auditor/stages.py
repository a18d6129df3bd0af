"""The four stages of an audit: crawl, check, report, gate. Each reads and writes the run and nothing else."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import importlib.metadata
import logging
import platform
import shutil
import sqlite3
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor import gate, shelves
from auditor.config import Config, ConfigError, Secrets, build, closest
from auditor.filters import Filters
from auditor.judge import judge
from auditor.model import Result, record
from auditor.progress import Progress
from auditor.site import Site
from auditor.stop import Stop
from auditor.store import FILE, Run, RunError
from auditor.view import View

CRASH_LOG = "crash.log"
LOG = "auditor.log"
INTERRUPTED = "it was interrupted"
STOPPING = "Stopping; what was gathered is kept. A second Ctrl-C ends at once."
TOLD_VERSIONS = ("storefront-auditor", "scrapy", "playwright", "beautifulsoup4", "selectolax", "publicsuffixlist")


class AuditError(Exception):
    """The audit cannot go on for a reason outside of the program, told in a sentence; the command line exits with 2."""


# --- before anything is done ------------------------------------------------------------------------------------


def preflight(config: Config) -> None:
    """Find what would only come to light after hours of crawling. Raises ConfigError."""
    rules = {*shelves.rules(), *gate.RULES}
    for name in (*config.rules, *config.disable, *config.gate.allow_unknown):
        _known(name, rules, "rule", "`auditor rules` lists them")
    for name in config.reports:
        _known(name, shelves.reports(), "report format", f"there are {', '.join(shelves.reports())}")
    gate.read_baseline(config.gate.baseline)
    gate.read_waivers(config.gate.waivers)
    Filters(config.consent.filter_lists)


def preflight_crawl(config: Config) -> None:
    """Likewise, for what only the crawl and the visits need."""
    if config.ca_file and not Path(config.ca_file).is_file():
        raise ConfigError(f"ca_file: there is no file {config.ca_file}")
    if config.visits.browser and shutil.which(config.visits.browser) is None:
        raise ConfigError(f"visits.browser: there is no program {config.visits.browser}")


def _known(name: str, names: Iterable[str], thing: str, hint: str) -> None:
    if name not in names:
        near = closest(name, names)
        raise ConfigError(f"there is no {thing} '{name}'; " + (f"did you mean {near}?" if near else hint))


def create_run(folder: Path) -> Run:
    """A new run. Raises ConfigError when the folder holds one, AuditError when it can't be written."""
    if (folder / FILE).exists():
        raise ConfigError(f"{folder} holds a run already; go on with it (--resume {folder}) or choose another --out")
    try:
        return Run.create(folder)
    except RunError as error:
        raise AuditError(str(error)) from error


def open_run(folder: Path) -> Run:
    """The run in ``folder``. Raises ConfigError when there is none that this version can read."""
    try:
        return Run.open(folder)
    except RunError as error:
        raise ConfigError(str(error)) from error


def config_of(run: Run, file: Path | None = None, flags: dict[str, Any] | None = None, **names: Any) -> Config:
    """How a run was judged last, else how it was crawled, with a file's and flags' values on top."""
    stored = (run.noted("judged") or {}).get("config") or run.noted("config")
    return build(stored=stored, file=file, flags=flags, **names)


# --- crawl ------------------------------------------------------------------------------------------------------


def crawl(run: Run, config: Config, secrets: Secrets, progress: Progress, stop: Stop | None = None) -> None:
    """Look at the shop until everything is seen or somebody stops it; what was gathered is kept either way.

    The manifest says afterwards whether the run is ``complete`` and, if it is not, why it ``stopped``.
    Raises ConfigError, and AuditError when not even that can be written.
    """
    with _only_writer(run.folder), _logged(run.folder, secrets):
        _begin(run, config, secrets, progress)
        stopped = _looked(run, config, secrets, progress, stop or Stop())
        _end(run, stopped)


def _begin(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    missing = set(run.noted("credentials") or ()) - set(secrets.given())
    if missing:
        names = ", ".join(f"AUDITOR_{name.upper()}" for name in sorted(missing))
        progress.note(f"This run was begun with {names} in the environment; now it is not set.")
    with run.transaction():
        run.note("config", config.model_dump(mode="json"))
        run.note("versions", _versions())
        run.note("started", run.noted("started") or _now())
        run.note("credentials", sorted({*(run.noted("credentials") or ()), *secrets.given()}))
        run.note("complete", False)
        run.note("stopped", "")
        run.note("judged", None)


def _looked(run: Run, config: Config, secrets: Secrets, progress: Progress, stop: Stop) -> str:
    """Let the spiders look; why they did not come to an end, or "" when they did."""
    try:
        asyncio.run(_look(run, config, secrets, progress, stop))
    except (asyncio.CancelledError, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as group:
        error = _only(group)
        if stop.requested:  # a signal reaches the browser too, and what waits for its answers breaks
            logging.getLogger(__name__).warning("broken off while stopping", exc_info=group)
            return INTERRUPTED
        if isinstance(error, ConfigError):
            raise error from None
        reason = told(error) or crashed(run.folder, group, secrets)
        progress.note(f"The crawl broke off: {reason}.")
        return reason
    return INTERRUPTED if stop.requested else ""


async def _look(run: Run, config: Config, secrets: Secrets, progress: Progress, stop: Stop) -> None:
    stop.aim(asyncio.current_task(), lambda: progress.note(STOPPING))
    try:
        await shelves.spiders().look(run, config, secrets, progress)
    finally:
        stop.rest()


def _end(run: Run, stopped: str) -> None:
    complete = not stopped and not (run.noted("crawl") or {}).get("trouble")
    with run.transaction():
        run.note("ended", _now())
        run.note("stopped", stopped)
        run.note("complete", complete)
        if complete:
            run.forget_key()


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Two crawls in one run would take each other's addresses; the lock ends with the process, however that ends."""
    with (folder / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AuditError(f"another auditor is at work in {folder}; wait for it, or choose another --out") from None
        yield


@contextmanager
def _logged(folder: Path, secrets: Secrets) -> Iterator[None]:
    """Warnings of the libraries go into a file of the run instead of into the reader's face."""
    handler = logging.FileHandler(folder / LOG, encoding="utf-8", delay=True)
    handler.setFormatter(_Masking(secrets))
    handler.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        logging.captureWarnings(False)
        handler.close()


class _Masking(logging.Formatter):
    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, line: logging.LogRecord) -> str:
        return self._secrets.masked(super().format(line))


def _versions() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in TOLD_VERSIONS}
    return {"python": platform.python_version(), **found}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- check, report ----------------------------------------------------------------------------------------------


def check(run: Run, config: Config, progress: Progress) -> list[Result]:
    """Judge the run by today's rules, offline, and keep the results in it."""
    progress.stage("check")
    rules = [rule for rule in shelves.rules().values() if gate.switched_on(rule.id, config)]
    done, findings = 0, 0

    def count(result: Result) -> None:
        nonlocal done, findings
        done, findings = done + 1, findings + len(result.findings)
        progress.judged(done, len(rules), findings)

    results = judge(rules, Site(run, config), count)
    run.save_results(results)
    run.note("judged", {"at": _now(), "config": config.model_dump(mode="json"), "versions": _versions()})
    return results


def view(run: Run, config: Config) -> tuple[View, gate.Decision]:
    """What reports get, with the gate's decision. Raises ConfigError when the run was not judged by these rules."""
    if not run.noted("judged"):
        raise ConfigError(f"the run in {run.folder} is not judged yet; `auditor check {run.folder}` does it")
    decision = gate.decide(run, config, run.results())
    rules = {**shelves.rules(), **gate.RULES}
    if gone := [result.rule for result in decision.results if result.rule not in rules]:
        raise ConfigError(
            f"the run was judged by rules that are gone ({', '.join(gone)}); `auditor check {run.folder}`"
        )
    used = {result.rule: rules[result.rule] for result in decision.results}
    return View(site=Site(run, config), rules=used, results=decision.results, verdict=decision.verdict), decision


@record
class Written:
    """A report's file, or why there is none."""

    format: str
    path: Path
    failure: str = ""


def report(view: View, formats: Iterable[str], progress: Progress) -> list[Written]:
    """Write the reports into the run's folder. One that fails keeps no other from being written."""
    progress.stage("report")
    return [_write(shelves.reports()[name], view) for name in dict.fromkeys(formats)]


def _write(report: shelves.Report, view: View) -> Written:
    folder = view.site.run.folder
    path, half = folder / report.name, folder / f".part-{report.name}"
    try:
        report.write(view, half)
        half.replace(path)
    except Exception as error:
        half.unlink(missing_ok=True)
        return Written(format=report.format, path=path, failure=told(error) or crashed(folder, error))
    return Written(format=report.format, path=path)


def stale(run: Run) -> list[str]:
    """Formats of the reports that lie in the run's folder, and that new results make untrue."""
    return [name for name, report in shelves.reports().items() if (run.folder / report.name).exists()]


# --- errors -----------------------------------------------------------------------------------------------------

_DISK = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
}
_DATABASE = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the run's file cannot be written",
    "SQLITE_BUSY": "another program holds the run's file",
    "SQLITE_IOERR": "the disk failed or is full",
    "SQLITE_CANTOPEN": "the run's file cannot be opened",
    "SQLITE_CORRUPT": "the run's file is damaged; start a new run",
    "SQLITE_NOTADB": "the run's file is damaged; start a new run",
}


def told(error: BaseException) -> str:
    """An error that is nobody's programming mistake, as a sentence without a full stop; "" for all others."""
    if isinstance(error, AuditError | RunError | ConfigError):
        return str(error).rstrip(".")
    if isinstance(error, OSError) and error.errno in _DISK:
        return f"{_DISK[error.errno]} ({error.filename or error.strerror})"
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "") or ""
        return next((words for prefix, words in _DATABASE.items() if name.startswith(prefix)), "")
    return ""


def crashed(folder: Path, error: BaseException, secrets: Secrets | None = None) -> str:
    """Keep the traceback of a mistake of ours in the folder; a sentence that says where it is."""
    secrets = secrets or Secrets()
    trace = secrets.masked("".join(traceback.format_exception(error)))
    inner = _only(error)
    last = secrets.masked(f"{type(inner).__name__}: {inner}".strip().splitlines()[0])[:200]
    try:
        with (folder / CRASH_LOG).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{_now()} storefront-auditor {importlib.metadata.version('storefront-auditor')}\n{trace}\n")
        where = f"please report it with {folder / CRASH_LOG}"
    except OSError:
        where = f"its traceback could not be written into {folder}"
    return f"a mistake in the auditor, {last}; {where}"


def _only(error: BaseException) -> BaseException:
    """The one error inside of groups of one, such as a task group raises."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
