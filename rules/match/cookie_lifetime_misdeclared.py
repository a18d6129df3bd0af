from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.ledger import Entry, deletes
from auditor.legal import LegalPage
from auditor.model import Cookie, CookieWrite, Finding, Inapplicable, Unknown, Visit
from auditor.passages import Passage, finding
from auditor.rules.consent.evidence import subject
from auditor.rules.match.articles import COOKIES_NAMED
from auditor.rules.match.declared import Declared
from auditor.rules.match.texts import evidence_of, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site

DAY, HOUR = 86_400.0, 3_600.0
TOLERANCE = 1.1
Seen = tuple[Visit, Cookie | CookieWrite]


@rule(severity="warning", needs=("legal-pages", "visits:untouched", "cookies"), articles=COOKIES_NAMED)
def cookie_lifetime_misdeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A cookie asks to be kept for longer than the legal pages say.

    Why: How long a cookie stays belongs to what visitors are told before they agree. A tenth more is tolerated, so that nobody quarrels
    about the length of months, and a cookie that goes with the session must not have an end date of more than an hour.

    Fix: Correct the declaration or the cookie so that they agree.
    """
    texts = texts_of(site)
    yield from not_readable(texts)
    entries = [entry for entry in site.consent.ledger.entries() if entry.kind == "cookie" and entry.cookies]
    for page, items in texts.declared:
        for entry in entries:
            item = _best(items, entry)
            seen = _longest(entry)
            if item and seen and item.lifetime is not None and _too_long(seen[1].lifetime or 0.0, item.lifetime):
                yield _finding(page, item, entry, seen)


def _best(items: list[Declared], entry: Entry) -> Declared | None:
    """What a page declares of a cookie: the closest name, the longest lifetime of it."""
    fitting = [item for item in items if any(item.covers(name) for name in entry.raw_names)]
    exact = [item for item in fitting if item.name in entry.raw_names]
    closest = max((len(item.name) for item in fitting), default=0)
    chosen = exact or [item for item in fitting if len(item.name) == closest]
    if any(item.lifetime is None for item in chosen):
        return None
    return max(chosen, key=lambda item: item.lifetime or 0.0, default=None)


def _longest(entry: Entry) -> Seen | None:
    """The record with the longest lifetime that was asked for; refused and deleting writes do not count."""
    writes = [(visit, write) for visit, write in entry.writes if not write.blocked and not deletes(write)]
    return max((*writes, *entry.cookies), key=lambda pair: pair[1].lifetime or 0.0, default=None)


def _too_long(asked: float, declared: float) -> bool:
    return asked > HOUR if declared == 0 else asked > max(declared * TOLERANCE, declared + 60)


def _finding(page: LegalPage, item: Declared, entry: Entry, seen: Seen) -> Finding:
    visit, record = seen
    said = "the end of the session" if item.lifetime == 0 else _span(item.lifetime or 0.0)
    message = f"The cookie {entry.shown} asks to be kept for {_span(record.lifetime or 0.0)}; the page says {said}."
    passage = Passage(start=item.start, end=item.end, slot="text", anchor=item.name, message=message)
    told = finding(page, passage, subject(entry))
    evidence = evidence_of([page], record.id, visit.id)
    return replace(told, evidence=evidence, confidence="high" if item.table else "medium")


def _span(seconds: float) -> str:
    if seconds < 2 * DAY:
        return f"{round(seconds / HOUR, 1):g} hours"
    return f"{round(seconds / DAY)} days"
