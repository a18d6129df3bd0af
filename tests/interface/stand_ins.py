"""Stand-ins for the three shelves: a shop that is made of words, three rules, two reports.

As a program (``python stand_ins.py run http://…``) this is the real command line over them, for the tests that need a
process of its own; the environment variable LOOK names what the shop does.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import os
import sys
from pathlib import Path

from auditor import shelves
from auditor.model import Finding, Inapplicable, Page, Pages, Unknown, Visit, fingerprint
from auditor.shelves import Report, Rule
from auditor.store import Address, Run

TRACKER = "tracker [one] (first party)"


# --- spiders ----------------------------------------------------------------------------------------------------


class Shop:
    """``look`` writes ``pages`` and one visit, then does what ``ends`` says."""

    def __init__(self, ends: str = "well", pages: int = 3, titles: tuple[str, ...] = ()) -> None:
        self.ends = ends
        self.pages = pages
        self.titles = titles or ("no footer", "tracker", "fine")
        self.looks = 0
        self.secrets = None
        self.config = None

    async def look(self, run, config, secrets, progress) -> None:
        self.looks, self.secrets, self.config = self.looks + 1, secrets, config
        run.note("start_url", config.shop)
        progress.stage("crawl")
        for number in range(self.pages):
            add_page(run, f"{config.shop}{number}", self.titles[number % len(self.titles)])
            progress.pages(number + 1, self.pages - number - 1, f"{config.shop}{number}")
        progress.stage("visit")
        if self.pages:
            run.add_visit(Visit(url=config.shop, scenario="untouched", final_url=config.shop, status=200), [])
            progress.visits(1, 1, "untouched", config.shop)
        crawl = {"pages": self.pages, "skipped": {}, "ended": "complete", "trouble": ""}
        await getattr(self, f"_end_{self.ends}")(run, crawl)
        run.note("crawl", crawl)

    async def _end_well(self, run, crawl) -> None: ...

    async def _end_limit(self, run, crawl) -> None:
        crawl["ended"] = "page limit"

    async def _end_down(self, run, crawl) -> None:
        crawl["trouble"] = "The shop does not answer: connection refused at http://shop.example/."

    async def _end_waiting(self, run, crawl) -> None:
        """Until somebody stops it; the word tells the test that the look is under way."""
        print("LOOKING", file=sys.stderr, flush=True)
        await asyncio.Event().wait()

    async def _end_messy(self, run, crawl) -> None:
        """What stops it breaks it."""
        try:
            await self._end_waiting(run, crawl)
        except asyncio.CancelledError:
            raise RuntimeError("the browser is gone") from None

    async def _end_stubborn(self, run, crawl) -> None:
        """It does not stop, whoever asks."""
        while True:
            print("LOOKING", file=sys.stderr, flush=True)
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

    async def _end_broken(self, run, crawl) -> None:
        """A mistake of ours that carries what it should not."""
        logging.getLogger("a.library").warning("header was %s", self.secrets.headers)
        raise ExceptionGroup("group", [ValueError(f"cannot send {self.secrets.basic_auth} {self.secrets.cookies}")])

    async def _end_full(self, run, crawl) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(run.folder / "blobs"))


def add_page(run: Run, url: str, title: str) -> None:
    run.offer([Address(key=url, url=url)])
    address = run.take()
    if address is not None:
        page = Page(url=url, status=200, content_type="text/html", title=title)
        run.finish(address, page, [], [])


# --- rules ------------------------------------------------------------------------------------------------------


def _footers(site):
    pages = [page for page in site.pages() if page.title == "no footer"]
    if pages:
        yield Finding(
            message="The footer is missing.",
            subject="page template",
            evidence=(pages[0].id,),
            pages=Pages.of(page.url for page in pages),
        )


def _trackers(site):
    for page in site.pages():
        if page.title == "tracker":
            yield Finding(message="A tracker runs.", subject=TRACKER, evidence=(page.id,), pages=Pages.of([page.url]))
        if page.title.startswith("hostile"):
            yield Finding(
                message="A tracker runs.", subject=page.title, evidence=(page.id,), pages=Pages.of([page.url])
            )


def _banners(site):
    for page in site.pages():
        if page.title == "murky":
            yield Unknown(reason="the banner could not be read")
        if page.title == "bug":
            raise KeyError("banner")


def _korean(site):
    yield Inapplicable(reason="no page is Korean")


def _rule(id, severity, judge) -> Rule:
    return Rule(
        id=id,
        family="made",
        severity=severity,
        needs=("pages",),
        articles={"eu": ("GDPR Art. 13",), "kr": ("PIPA Art. 30",)},
        severities={},
        languages=(),
        title=f"The title of {id}.",
        why="It matters.",
        fix="Mend it.",
        judge=judge,
    )


RULES = {
    rule.id: rule
    for rule in (
        _rule("banner-missing", "error", _banners),
        _rule("footer-missing", "warning", _footers),
        _rule("korean-missing", "notice", _korean),
        _rule("tracker-running", "error", _trackers),
    )
}


# --- reports ----------------------------------------------------------------------------------------------------


def _write_json(view, path: Path) -> None:
    results = [
        {
            "rule": result.rule,
            "outcome": result.outcome,
            "findings": [
                {"subject": f.subject, "fingerprint": fingerprint(result.rule, f.subject)} for f in result.findings
            ],
        }
        for result in view.results
    ]
    verdict = {"exit_code": view.verdict.exit_code, "headline": view.verdict.headline}
    path.write_text(json.dumps({"schema": 1, "verdict": verdict, "results": results}), encoding="utf-8")


def _write_html(view, path: Path) -> None:
    path.write_text(f"<title>{view.verdict.headline}</title>", encoding="utf-8")


def _write_broken(view, path: Path) -> None:
    path.write_text("half a rep", encoding="utf-8")
    raise ZeroDivisionError("no page")


def _write_full(view, path: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


REPORTS = {
    "json": Report(format="json", name="results.json", write=_write_json),
    "html": Report(format="html", name="report.html", write=_write_html),
    "csv": Report(format="csv", name="findings.csv", write=_write_html),
    "broken": Report(format="broken", name="report.broken", write=_write_broken),
    "full": Report(format="full", name="report.full", write=_write_full),
}


def install(shop: Shop, put) -> None:
    """Put the stand-ins onto the shelves; ``put`` is ``setattr`` or that of pytest's monkeypatch."""
    put(shelves, "spiders", lambda: shop)
    put(shelves, "rules", lambda: dict(RULES))
    put(shelves, "reports", lambda: dict(REPORTS))


if __name__ == "__main__":
    from auditor.cli import main

    install(Shop(ends=os.environ.get("LOOK", "well")), setattr)
    main(sys.argv[1:])
