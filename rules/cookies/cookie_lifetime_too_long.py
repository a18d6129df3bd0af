from __future__ import annotations

from collections.abc import Iterator

from auditor.ledger import Entry, deletes
from auditor.model import CookieWrite, Finding, Pages, Unknown, Visit
from auditor.rules.consent.evidence import address, screenshot, script_line, subject
from auditor.shelves import rule
from auditor.site import Site

DAY = 86_400.0
MONTH = 30.44 * DAY
LONGEST = 13 * MONTH + 5 * DAY  # a year and a month, and a few days for those who count in weeks
ARTICLES = {
    "eu": (
        "GDPR Art. 5(1)(e)",
        "Directive 2002/58/EC (ePrivacy) Art. 5(3)",
        "Article 29 Working Party opinion 04/2012",
    ),
    "fr": ("CNIL guidelines on cookies (2020-091), paragraph 50: 13 months",),
    "uk": ("UK GDPR Art. 5(1)(e)",),
    "br": ("LGPD Art. 15", "LGPD Art. 16"),
}


@rule(
    severity="warning", needs=("visits:untouched", "writes", "cookies"), articles=ARTICLES, severities={"fr": "error"}
)
def cookie_lifetime_too_long(site: Site) -> Iterator[Finding | Unknown]:
    """A cookie asks to be kept for more than 13 months.

    Why: Nothing may be kept longer than its purpose needs, and after a year the visitor no longer knows what was agreed to. France names
    13 months as the longest time. What counts is what the shop asks for: browsers shorten it (Chromium to 400 days), others do not.

    Fix: Ask for at most 13 months, for less where less will do, and do not prolong it with every visit.
    """
    for entry in site.consent.ledger.entries():
        writes = [(visit, write) for visit, write in entry.writes if _too_long(write)]
        if entry.kind == "cookie" and writes:
            yield _finding(site, entry, writes)
    state = site.scenario_state("accepted")
    if state.state == "failed":  # most of what stays long is set with consent only
        yield Unknown(reason=f"scenario accepted: {state.reason}", evidence=state.evidence)


def _too_long(write: CookieWrite) -> bool:
    return not deletes(write) and (write.lifetime or 0.0) > LONGEST


def _finding(site: Site, entry: Entry, writes: list[tuple[Visit, CookieWrite]]) -> Finding:
    visit, write = max(writes, key=lambda pair: pair[1].lifetime)
    header = write.via == "header"
    return Finding(
        message=f"The cookie {entry.shown}{f' of {entry.site}' if entry.site else ''} asks to be kept for {_span(write.lifetime)}.",
        subject=subject(entry),
        evidence=tuple(dict.fromkeys(one for v, w in writes for one in (w.id, v.id)))[:12],
        pages=Pages.of(visit.url for visit, _ in writes),
        cause=f"Set-Cookie header of {address(site, write.url)}" if header else _script(site, write),
        fix=f"Give {entry.shown} a lifetime (Max-Age) of at most 13 months, which are 34,128,000 seconds.",
        screenshot=screenshot(site, visit),
    )


def _span(seconds: float) -> str:
    months = round(seconds / MONTH)
    if months < 15:  # so near to the limit that months would not tell the difference
        return f"{round(seconds / DAY)} days"
    return f"{months} months" if months < 48 else f"{round(months / 12)} years"


def _script(site: Site, write: CookieWrite) -> str:
    return script_line(site, write.cause) if write.cause.url else ""
