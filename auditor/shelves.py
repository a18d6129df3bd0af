"""Loads the plug-ins of the three shelves by entry point; our own are loaded exactly as an outside team's are.

A pack of rules is a package named in the entry point group ``auditor.rules``; every module below it is imported and
every function in it that carries ``@rule`` is a rule. A pack of reports (``auditor.reports``) likewise, with ``@report``.
The group ``auditor.spiders`` names the package that looks at the shop; its functions are listed in ``Spiders``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from auditor.model import PROFILES, Finding, Inapplicable, Severity, Unknown, record

if TYPE_CHECKING:
    from auditor.legal import LegalPage
    from auditor.passages import Item, Look
    from auditor.site import Site

Judge = Callable[["Site"], Iterator[Finding | Unknown | Inapplicable]]


@record
class Rule:
    """A rule as registered; ``id`` is the function's name with hyphens, ``family`` the folder that it lies in."""

    id: str
    family: str
    severity: Severity
    needs: tuple[str, ...]  # "pages", "legal-pages", "visits:untouched", ...
    articles: Mapping[str, tuple[str, ...]]  # profile -> articles, with the law's name
    severities: Mapping[str, Severity]  # profile -> severity where it differs
    languages: tuple[str, ...]  # languages it can judge, ISO 639-1; empty = any
    title: str  # first sentence of the docstring
    why: str
    fix: str
    judge: Judge
    look: Look | None = None  # of a text rule: what it tells about one legal page
    kinds: tuple[str, ...] = ()  # of legal pages that a text rule reads; empty = all
    item: Callable[[LegalPage], Item] | None = None  # of a rule about what a text owes: whether one page says it
    applies: Callable[[LegalPage], bool] | None = None  # whether a page calls for that item; None: all do
    otherwise: str = ""  # why it is not owed where no page calls for it

    @property
    def profiles(self) -> tuple[str, ...]:
        return tuple(profile for profile in PROFILES if profile in self.articles)

    def severity_for(self, profiles: tuple[str, ...]) -> Severity:
        """The gravest of the severities in the profiles that the shop is judged under."""
        order = ("error", "warning", "notice")
        found = [self.severities.get(p, self.severity) for p in profiles if p in self.articles]
        return min(found or [self.severity], key=order.index)


def rule(
    *,
    severity: Severity,
    needs: tuple[str, ...] = ("pages",),
    articles: Mapping[str, tuple[str, ...]],
    severities: Mapping[str, Severity] | None = None,
    languages: tuple[str, ...] = (),
) -> Callable[[Judge], Judge]:
    """Register a rule. Its docstring is ``Title sentence.``, then paragraphs that begin ``Why:`` and ``Fix:``."""

    def mark(judge: Judge) -> Judge:
        register(
            judge,
            judge=judge,
            severity=severity,
            needs=needs,
            articles=articles,
            severities=severities,
            languages=languages,
        )
        return judge

    return mark


def register(
    function: Callable[..., Any],
    *,
    judge: Judge,
    articles: Mapping[str, tuple[str, ...]],
    severities: Mapping[str, Severity] | None = None,
    **fields: Any,
) -> None:
    """Make ``function`` a rule that is called by its name and documented by its docstring; ``fields``: further ones of Rule.

    Raises TypeError for a docstring without title, ``Why:`` or ``Fix:``.
    """
    title, why, fix = _read_docstring(function)
    function.rule = Rule(  # type: ignore[attr-defined]
        id=function.__name__.replace("_", "-"),
        family=function.__module__.split(".")[-2],
        articles={profile: tuple(texts) for profile, texts in articles.items()},
        severities=dict(severities or {}),
        title=title,
        why=why,
        fix=fix,
        judge=judge,
        **fields,
    )


def _read_docstring(function: Callable[..., Any]) -> tuple[str, str, str]:
    paragraphs = [" ".join(part.split()) for part in (function.__doc__ or "").split("\n\n")]
    parts = {
        name: p[len(name) + 1 :].strip() for p in paragraphs for name in ("Why", "Fix") if p.startswith(f"{name}:")
    }
    if not paragraphs[0] or set(parts) != {"Why", "Fix"}:
        raise TypeError(f"{function.__module__}.{function.__name__}: the docstring needs a title, 'Why:' and 'Fix:'")
    return paragraphs[0], parts["Why"], parts["Fix"]


@record
class Report:
    """A report format: ``write(view, path)`` writes one file, named ``name`` in the run's folder."""

    format: str
    name: str
    write: Callable[[Any, Path], None]


def report(format: str, name: str) -> Callable[[Callable[[Any, Path], None]], Callable[[Any, Path], None]]:
    """Register a report's writer under ``--format format``; it writes the file ``name``."""

    def register(write: Callable[[Any, Path], None]) -> Callable[[Any, Path], None]:
        write.report = Report(format=format, name=name, write=write)  # type: ignore[attr-defined]
        return write

    return register


class Spiders(Protocol):
    """What the package behind the entry point ``auditor.spiders`` offers."""

    async def look(self, run: Any, config: Any, secrets: Any, progress: Any) -> None: ...

    def page_from_html(self, url: str, html: str, **known: Any) -> tuple[Any, list[Any]]: ...

    def fetch(self, url: str, config: Any, limit: int) -> tuple[str, str]: ...


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, sorted. Raises ValueError when two packs use one id."""
    found: dict[str, Rule] = {}
    for item in _marked("auditor.rules", "rule"):
        if found.setdefault(item.id, item) is not item:
            raise ValueError(f"two rules are named {item.id}")
    return dict(sorted(found.items()))


@cache
def reports() -> dict[str, Report]:
    """All report formats by name."""
    return {item.format: item for item in _marked("auditor.reports", "report")}


def spiders() -> Spiders:
    """The package that looks at the shop."""
    (entry,) = entry_points(group="auditor.spiders", name="builtin")
    return entry.load()


def _marked(group: str, mark: str) -> Iterator[Any]:
    for entry in entry_points(group=group):
        for module in _modules(entry.load()):
            for value in vars(module).values():
                if hasattr(value, mark) and getattr(value, "__module__", None) == module.__name__:
                    yield getattr(value, mark)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(info.name)
