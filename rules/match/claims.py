"""Sentences of the legal texts that say what the shop does or does not do, found by a rule's lexicon, and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.language import SUPPORTED
from auditor.ledger import Entry
from auditor.legal import LegalPage, legal_pages
from auditor.model import Confidence, Finding, Inapplicable, Pages, Unknown, record
from auditor.passages import Passage, concerns, finding, unreadable
from auditor.rules.clauses import told
from auditor.rules.consent.evidence import Scope, kept, trackers, written
from auditor.site import Site
from auditor.tracking import strongest

KINDS = ("privacy", "cookies")
MAX_SHOWN = 4
LESS: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}


@record
class Proof:
    """Something that was seen and that a claim denies."""

    name: str  # for a sentence
    evidence: tuple[str, ...]
    confidence: Confidence = "high"


def claims(
    site: Site, module: str, kinds: tuple[str, ...] = KINDS, languages: tuple[str, ...] = SUPPORTED
) -> Iterator[tuple[LegalPage, Passage] | Unknown | Inapplicable]:
    """Where the legal pages claim what a rule's lexicon describes, and the pages that cannot be judged."""
    pages = [page for page in legal_pages(site) if concerns(page, kinds)]
    if not pages:
        yield Inapplicable(reason=f"no legal page was found of: {', '.join(kinds)}")
    for page in pages:
        if reason := unreadable(page, languages):
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
        else:
            yield from ((page, passage) for passage in told(page, module, ""))


def contradicted(
    site: Site,
    module: str,
    proofs: list[Proof],
    message: str,
    kinds: tuple[str, ...] = KINDS,
    languages: tuple[str, ...] = SUPPORTED,
) -> Iterator[Finding | Unknown | Inapplicable]:
    """A finding for each page that claims what the proofs deny; ``message`` has a place {seen} for their names."""
    done: set[str] = set()
    for claim in claims(site, module, kinds, languages):
        if isinstance(claim, Unknown) and not proofs:
            continue  # whatever it claims, nothing speaks against it
        if not isinstance(claim, tuple):
            yield claim
        elif proofs and claim[0].path not in done:
            done.add(claim[0].path)
            yield _finding(*claim, proofs, message)


def _finding(page: LegalPage, passage: Passage, proofs: list[Proof], message: str) -> Finding:
    names = list(dict.fromkeys(proof.name for proof in proofs))
    seen = ", ".join(names[:MAX_SHOWN]) + (" and others" if len(names) > MAX_SHOWN else "")
    surest = min((proof.confidence for proof in proofs), key=LESS.__getitem__)
    confidence = max(surest, passage.confidence, key=LESS.__getitem__)
    found = finding(page, replace(passage, message=message.format(seen=seen)), page.path)
    ids = [one for proof in proofs[:MAX_SHOWN] for one in proof.evidence]
    return replace(found, evidence=tuple(dict.fromkeys([*page.evidence, *ids])), confidence=confidence)


# --- what was seen -------------------------------------------------------------------------------------------------


def anytime(site: Site) -> list[Scope]:
    """Everything that any visit saw."""
    visits = {visit.id: visit for visit in site.visits.values() if visit.outcome == "ok"}
    return [Scope(visits=visits, phase=phase, when="") for phase in ("before", "after")]


def kept_with_consent(site: Site, scope: Scope, purposes: frozenset[str] = frozenset()) -> list[Proof]:
    """What needs consent and is kept in the scope; ``purposes`` narrows it to what is known to serve them."""
    found = []
    for entry in site.consent.needing:
        records = [*kept(entry, scope), *written(entry, scope)]
        verdict = site.consent.verdict(entry)
        if records and (not purposes or verdict.purpose in purposes):
            visit, item = records[0]
            found.append(Proof(name=_called(entry), evidence=(item.id, visit.id), confidence=verdict.confidence))
    return found


def _called(entry: Entry) -> str:
    what = f"the {'cookie' if entry.kind == 'cookie' else f'{entry.kind} entry'} {entry.shown}"
    return f"{what} of {entry.site}" if entry.site else what


def tracking_in(site: Site, scope: Scope, categories: frozenset[str] = frozenset()) -> list[Proof]:
    """Who tracks in the scope; ``categories`` narrows it to trades."""
    found = []
    for name, contacts in trackers(site, scope).items():
        fitting = [(one, judged) for one, judged in contacts if not categories or judged.party.category in categories]
        if fitting:
            request, judged = strongest(fitting)
            who = f"{judged.party.company} ({name})" if judged.party.company else name
            found.append(Proof(name=who, evidence=(request.id, request.visit), confidence=judged.confidence))
    return found
