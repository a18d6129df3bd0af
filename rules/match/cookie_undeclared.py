from __future__ import annotations

from collections.abc import Iterator

from auditor.ledger import Entry
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.consent.evidence import subject
from auditor.rules.match.articles import COOKIES_NAMED
from auditor.rules.match.texts import Texts, evidence_of, not_readable, texts_of
from auditor.shelves import rule
from auditor.site import Site

MAX_SHOWN = 5


@rule(severity="warning", needs=("legal-pages", "visits:untouched", "cookies"), articles=COOKIES_NAMED)
def cookie_undeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A cookie is kept on the device that no legal page and no consent request names.

    Why: Visitors must be told before which cookies are kept, by whom, what for and how long. A name counts wherever it stands, also
    with a placeholder for its changing part, and a company that is named covers its cookies. Where no cookie at all is named, that is
    one finding.

    Fix: Add the cookie with provider, purpose and lifetime to the table of cookies, or stop setting it.
    """
    texts = texts_of(site)
    yield from not_readable(texts)
    if not texts.pages or texts.unread:
        return
    missing = [entry for entry in site.consent.ledger.entries() if _kept(entry) and not texts.names_entry(entry)]
    if texts.tables:
        yield from (_finding(site, texts, entry) for entry in missing)
    else:
        yield from _nothing_named(site, texts, missing)
    state = site.scenario_state("accepted")
    if state.state == "failed":  # most cookies come with consent only
        yield Unknown(reason=f"scenario accepted: {state.reason}", evidence=state.evidence)


def _kept(entry: Entry) -> bool:
    """A cookie that was there when a visit ended, no mere test whether cookies work."""
    return entry.kind == "cookie" and bool(entry.cookies)


def _finding(site: Site, texts: Texts, entry: Entry) -> Finding:
    owner = f" of {entry.site}" if entry.site else ""
    ids = [one for visit, cookie in entry.cookies[:5] for one in (cookie.id, visit.id)]
    return Finding(
        message=f"The cookie {entry.shown}{owner} is kept, but no text names it.",
        subject=subject(entry),
        evidence=evidence_of(texts.tables, *ids),
        pages=Pages.of(url for page in texts.tables for url in page.urls),
        confidence="low" if texts.partly_seen else "high",
    )


def _nothing_named(site: Site, texts: Texts, missing: list[Entry]) -> Iterator[Finding]:
    """Prose may describe what is necessary without its name; what needs consent must be told."""
    telling = [entry for entry in missing if site.consent.verdict(entry).need == "needs-consent"]
    declares = any(items for _, items in texts.declared)
    if telling and not declares:
        names = ", ".join(sorted({entry.shown for entry in telling})[:MAX_SHOWN])
        ids = [one for entry in telling for visit, cookie in entry.cookies[:2] for one in (cookie.id, visit.id)]
        yield Finding(
            message=f"Cookies that need consent are kept ({names}), but no legal page names a cookie.",
            subject="no cookie is named",
            evidence=evidence_of(texts.pages, *ids),
            pages=Pages.of(url for page in texts.pages for url in page.urls),
            confidence="low" if texts.partly_seen else "medium",
            fix="List the cookies with name, provider, purpose and lifetime on the page about cookies.",
        )
    elif declares:
        yield from (_finding(site, texts, entry) for entry in telling)
