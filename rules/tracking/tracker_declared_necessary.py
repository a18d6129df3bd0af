from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from urllib.parse import urljoin

from auditor.cookies import known, matcher
from auditor.model import Finding, Pages, Request, Unknown
from auditor.rules.consent.evidence import Scope, after_rejection, subject, tool, trackers
from auditor.rules.tracking.declarations import (
    Gated,
    Row,
    declared_in,
    is_necessary,
    names_in,
    names_tracking,
    passages,
)
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import TRACKING, bare, party
from auditor.urls import host_of

ARTICLES = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 5(1)(a)", "GDPR Art. 13(1)(c)"),
    "de": ("TDDDG § 25(2)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6(4)", "UK GDPR Art. 5(1)(a)"),
    "br": ("LGPD Art. 6, I", "LGPD Art. 9"),
}
PURPOSES = frozenset({"analytics", "marketing"})


@rule(severity="error", needs=("pages",), articles=ARTICLES)
def tracker_declared_necessary(site: Site) -> Iterator[Finding | Unknown]:
    """Something that tracks visitors is declared strictly necessary.

    Why: What is declared necessary runs whatever the visitor chooses, and the visitor is told the opposite of what happens. Statistics and
    advertising are never strictly necessary for a shop (EDPB Cookie Banner Taskforce report, January 2023, type I).

    Fix: Put it into the category that it belongs to, in the consent tool, in the cookie table and in the auditor's own configuration.
    """
    yield from _configured(site)
    yield from _in_request(site)
    documents = list(_documents(site))
    tracks = cache(partial(_tracks, site))
    for evidence, url, html in documents:
        scripts, rows = declared_in(html)
        yield from (finding for script in scripts for finding in _script(site, tracks, script, evidence, url))
        yield from (finding for row in rows for finding in _row(site, row, evidence, url))
    if not documents:
        yield Unknown(reason="no page's HTML was kept (crawl.keep_html)")


def _documents(site: Site) -> Iterator[tuple[str, str, str]]:
    """Evidence, address and HTML of the pages that were kept, as they came and as they were rendered."""
    for page in site.pages():
        if html := site.html(page):
            yield page.id, page.url, html
    for visit in site.visits.values():
        if visit.html:
            yield visit.id, visit.url, site.blob_text(visit.html)


def _configured(site: Site) -> Iterator[Finding]:
    """Known trackers among consent.necessary: nobody may switch a finding off like that by mistake."""
    for pattern in site.config.consent.necessary:
        for entry in site.consent.ledger.entries():
            names = sorted(name for name in entry.raw_names if matcher(pattern).fullmatch(name))
            item = next((found for name in names if (found := known(name, entry.site)).sure), None)
            if item and item.purpose in PURPOSES:
                yield Finding(
                    message=f"The configuration declares {entry.shown} necessary (consent.necessary), but its name is known from {item.purpose}.",
                    subject=f"consent.necessary: {subject(entry)}",
                    evidence=tuple(record.id for _, record in entry.all_records())[:3],
                    fix=f"Take {pattern} out of consent.necessary, or name in it only what is necessary.",
                )


# --- scripts ---------------------------------------------------------------------------------------------------------


def _script(
    site: Site, tracks: Callable[[str, bool], bool], script: Gated, evidence: str, page: str
) -> Iterator[Finding]:
    urls = [urljoin(page, address) for address in script.addresses] if is_necessary(script.category) else []
    url = next((url for url in urls if tracks(url, script.inline)), "")
    if url:
        name = site.consent.ledger.foreign_site(url) or bare(url).partition("://")[2].partition("/")[2]
        who = party(url).company or (host_of(url) if not site.own(url) else f"/{name}")
        yield Finding(
            message=f"The script of {who} is marked “{script.category}”, as if it were strictly necessary.",
            subject=name,
            evidence=(evidence,),
            pages=Pages.of([page]),
            quote=script.category,
            cause=f"HTML, line {script.line}",
            fix=f"Give the script of {who} the category of what it does, such as analytics or marketing, in {tool(site)}.",
        )


def _tracks(site: Site, url: str, inline: bool) -> bool:
    """Whether a script tracks: by who sends it, else by what it was seen to do."""
    who = party(url)
    if who.category in TRACKING and (who.sure or not inline):
        return True
    if inline:
        return False
    foreign = bool(site.consent.ledger.foreign_site(url))
    if foreign and (bare(url) in site.consent.writers or bare(url) in _culprits(site, _everywhere(site))):
        return True
    return bare(url) in _culprits(site, [after_rejection(site)])


def _everywhere(site: Site) -> list[Scope]:
    visits = {visit.id: visit for visit in site.visits.values() if visit.outcome == "ok"}
    return [Scope(visits=visits, phase=phase, when="") for phase in ("before", "after")]


def _culprits(site: Site, scopes: Iterable[Scope]) -> set[str]:
    """Addresses of the scripts that asked for what tracks."""
    requests: list[Request] = [one for scope in scopes for seen in trackers(site, scope).values() for one, _ in seen]
    return {bare(request.cause.url) for request in requests if request.cause.url and request.initiator == "script"}


# --- tables and switches -------------------------------------------------------------------------------------------


def _row(site: Site, row: Row, evidence: str, page: str) -> Iterator[Finding]:
    for name in dict.fromkeys(row.names):
        if why := _tracking_name(site, name):
            yield Finding(
                message=f"The table of cookies calls {name} “{row.said}”, but {why}.",
                subject=name,
                evidence=(evidence,),
                pages=Pages.of([page]),
                quote=row.said,
                fix=f"Say in the table what {name} is for, and set it only after consent.",
            )


def _tracking_name(site: Site, name: str) -> str:
    """Why a cookie of this name needs consent, in words; "" where nobody can be sure."""
    item = known(name)
    if item.sure and item.purpose in PURPOSES:
        return f"its name is known from {item.purpose}{f' ({item.vendor})' if item.vendor else ''}"
    for entry in site.consent.needing:
        verdict = site.consent.verdict(entry)
        if name in entry.raw_names and verdict.confidence == "high":
            return verdict.why
    return ""


def _in_request(site: Site) -> Iterator[Finding]:
    """Switches of the consent request that cannot be moved, and what the preferences say below them."""
    for ui in (ui for ui in site.banners("untouched", None) if ui.present):
        where = {"evidence": (ui.id, ui.visit), "pages": Pages.of([site.visits[ui.visit].url])}
        picture = ui.second_screenshot or ui.screenshot
        for switch in (switch for switch in ui.switches if switch.necessary or (switch.on and switch.disabled)):
            label = " ".join(switch.label.split())[:60]
            if names_tracking(label):
                yield Finding(
                    message=f"The consent request offers no choice about “{label}”, as if it were strictly necessary.",
                    subject=label,
                    quote=label,
                    confidence="medium",
                    fix=f"Let “{label}” start switched off in {tool(site)}, and let the visitor decide.",
                    screenshot=picture,
                    **where,
                )
        for switch, text in passages(ui):
            names = [(name, _tracking_name(site, name)) for name in names_in(text)] if switch.necessary else []
            for name, why in names:
                if why:
                    yield Finding(
                        message=f"The preferences name {name} below “{switch.label[:60]}”, but {why}.",
                        subject=name,
                        confidence="medium",
                        fix=f"Move {name} to the purpose that it serves in {tool(site)}, and ask for consent to it.",
                        screenshot=picture,
                        **where,
                    )
