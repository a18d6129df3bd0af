"""Which pages of which template carry something (a link, a notice), as the server sends them or as the browser shows them.

A page that was visited is judged by what a visitor saw. One that was not is judged by its HTML, with one exception: when the
browser added the thing on a visited page of the same template, scripts will add it on the others, too.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.model import MAX_SAMPLES, CollectorFailure, Confidence, Finding, Page, Pages, Unknown, Visit, record
from auditor.site import Site

EVERYWHERE = "every page"  # subject of a finding that is about the whole shop
MAX_EVIDENCE = 5
_PRINT = re.compile(
    r"/(?:print|printable|drucken|imprimir|imprimer|stampa|embed)(?:\.\w+|/|$|\?)|"
    r"[?&](?:print|printable|format=print|view=print|layout=print|output=print)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"[?&](?:ajax|_pjax|fragment|tmpl=component|content_only)\b", re.IGNORECASE)


@dataclass(slots=True)
class Tally:
    """Some pages: how many, and the shortest of their addresses."""

    count: int = 0
    best: list[tuple[int, str, str]] = field(default_factory=list)  # length, URL, page id

    def add(self, page: Page) -> None:
        self.count += 1
        insort(self.best, (len(page.url), page.url, page.id))
        del self.best[MAX_SAMPLES:]

    def join(self, other: Tally) -> None:
        self.count += other.count
        self.best = sorted(self.best + other.best)[:MAX_SAMPLES]

    @property
    def pages(self) -> Pages:
        return Pages(count=self.count, samples=tuple(url for _, url, _ in self.best))

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(page_id for _, _, page_id in self.best[:MAX_EVIDENCE])


@record
class Absence:
    """Pages of one template, or of the whole shop, that lack the thing."""

    template: str  # "" = every page of the shop
    tally: Tally
    of: int  # pages that were judged in this template
    confidence: Confidence

    @property
    def subject(self) -> str:
        return self.template or EVERYWHERE

    @property
    def where(self) -> str:
        """The pages as the subject of a sentence that goes on in the plural ("have no link")."""
        if not self.template:
            return "The pages of the shop"
        if self.tally.count == self.of:
            return f"The pages of the template “{self.template}”"
        return f"{self.tally.count:,} of the {self.of:,} pages of the template “{self.template}”"


@record
class Survey:
    """What was found of all pages for visitors."""

    carrying: int  # pages that have it, also those of which it is inferred
    absences: tuple[Absence, ...]
    unclear: Mapping[str, Tally]  # template -> pages of which it cannot be told


@dataclass(slots=True)
class _Make:
    """The pages of one template. The keys of ``added`` and ``waiting`` say whether the HTML has links in a footer."""

    judged: int = 0
    carrying: int = 0
    added: set[bool] = field(default_factory=set)  # the browser added it on such a page
    absent: Tally = field(default_factory=Tally)  # visited, and not there
    waiting: dict[bool, Tally] = field(default_factory=lambda: defaultdict(Tally))  # not visited, not in the HTML
    linked: bool = False  # some page that waits has links in its HTML: it is no mere shell for a script


def survey(
    site: Site,
    on_page: Callable[[Page], bool],
    on_visit: Callable[[Visit], bool],
    excused: Callable[[Page], bool] = lambda page: False,
) -> Survey:
    """Judge every page for visitors that is not ``excused``; ``on_visit`` is asked when the HTML lacks the thing."""
    makes: dict[str, _Make] = defaultdict(_Make)
    visits = seen_by_page(site)
    for page in site.pages():
        if is_for_visitors(page) and not excused(page):
            _judge(makes[template_of(page)], page, on_page, on_visit, visits.get(page.url, []), site)
    return _concluded(makes)


def _judge(
    make: _Make,
    page: Page,
    on_page: Callable[[Page], bool],
    on_visit: Callable[[Visit], bool],
    visits: list[Visit],
    site: Site,
) -> None:
    make.judged += 1
    if on_page(page):
        make.carrying += 1
        return
    footer = any(block.place == "footer" for block in site.blocks(page))
    if not visits:
        make.waiting[footer].add(page)
        make.linked = make.linked or bool(page.blocks)
    elif any(on_visit(visit) for visit in visits):
        make.carrying += 1
        make.added.add(footer)
    else:
        make.absent.add(page)


def _concluded(makes: Mapping[str, _Make]) -> Survey:
    absences, unclear, carrying = [], {}, 0
    by_script = any(make.added for make in makes.values())
    by_server = any(make.carrying or make.absent.count for make in makes.values())
    for template, make in sorted(makes.items()):
        sure = bool(make.absent.count or make.carrying)
        for footer, waiting in make.waiting.items():
            if footer in make.added:
                make.carrying += waiting.count
            elif sure or (not by_script and (by_server or make.linked)):
                make.absent.join(waiting)
            else:
                unclear.setdefault(template, Tally()).join(waiting)
        carrying += make.carrying
        if make.absent.count:
            confidence = "high" if sure else "medium"
            absences.append(Absence(template=template, tally=make.absent, of=make.judged, confidence=confidence))
    if absences and not carrying and not unclear:
        absences = [_everywhere(absences)]
    return Survey(carrying=carrying, absences=tuple(absences), unclear=unclear)


def _everywhere(absences: list[Absence]) -> Absence:
    whole = Tally()
    for absence in absences:
        whole.join(absence.tally)
    sure = any(absence.confidence == "high" for absence in absences)
    return Absence(template="", tally=whole, of=whole.count, confidence="high" if sure else "medium")


def told(found: Survey, finding: Callable[[Absence], Finding], thing: str) -> Iterator[Finding | Unknown]:
    """What a rule yields: a finding an absence, and what could not be told."""
    yield from map(finding, found.absences)
    for template, tally in found.unclear.items():
        reason = f"scripts may add {thing} to the pages of the template “{template}”, of which none could be visited"
        yield Unknown(reason=reason, evidence=tally.evidence, pages=tally.pages)


# --- pages ------------------------------------------------------------------------------------------------------


def template_of(page: Page) -> str:
    """The page's template; its URL shape as long as templates are not known."""
    return page.template or page.shape or page.url.partition("?")[0]


def is_for_visitors(page: Page) -> bool:
    """Whether people look at this page as it is: no print view, no fragment for a script, no frame of another page."""
    if _FRAGMENT.search(page.url) or (page.noindex and _PRINT.search(page.url)):
        return False
    return bool(page.title or page.language or page.heading or page.blocks or page.copyright)


def seen_by_page(site: Site) -> dict[str, list[Visit]]:
    """The visits that show what a page looks like when rendered, by the page's address."""
    blind = {failure.visit for failure in site.run.fetch(CollectorFailure, collector="rendered")}
    seen: dict[str, list[Visit]] = defaultdict(list)
    for visit in site.visits.values():
        if visit.outcome == "ok" and visit.id not in blind:
            seen[visit.url].append(visit)
    return seen
