"""What rules tell about places in a legal text: passages, from which findings are made, and items that a text owes.

A text rule is a function of one legal page that yields passages (``@text_rule``). It judges a run's legal pages and, by
``auditor text``, any page or text at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from auditor import shelves
from auditor.language import SUPPORTED
from auditor.legal import LegalPage, legal_pages
from auditor.model import Confidence, Finding, Inapplicable, Pages, Severity, Unknown, record
from auditor.shelves import Rule
from auditor.site import Site

CONTEXT = 120  # characters before and after a quote
QUOTE = 200
ANCHOR = 60  # characters of a text that a finding is called by
STUB = 50  # words below which a page that embeds another has its text there

State = Literal["present", "absent", "uncertain", "not-applicable"]


@record
class Passage:
    """A place ``text[start:end]`` of a document that is at fault: something is missing, was left over or should not be said."""

    start: int
    end: int
    slot: str  # what should stand there (name, e-mail, phone, address, url, number, date, ...) or what stands there (text, clause, ...)
    anchor: str  # words that name the place for as long as the text around it stays
    message: str
    confidence: Confidence = "high"
    unsure: str = ""  # why a person must look; "" when it is certain
    fix: str = ""


@record
class Item:
    """Whether a text says what a law wants said; ``text[start:end]`` is the clause that says it when ``present``, or may when ``uncertain``."""

    state: State
    start: int = 0
    end: int = 0


Look = Callable[[LegalPage], Iterable[Passage]]
Weigh = Callable[[LegalPage], Item]


def text_rule(
    *,
    severity: Severity,
    articles: Mapping[str, tuple[str, ...]],
    severities: Mapping[str, Severity] | None = None,
    languages: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
) -> Callable[[Look], Look]:
    """Register a rule that reads one legal page at a time; for the docstring see ``shelves.rule``.

    ``languages``: those that it knows, pages in others are unknown; empty when the language does not matter.
    ``kinds``: of model.LEGAL_KINDS, pages of no other kind are read; empty for all.
    """

    def register(look: Look) -> Look:
        shelves.register(
            look,
            judge=lambda site: judged(site, look, languages, kinds),
            look=look,
            kinds=kinds,
            severity=severity,
            needs=("legal-pages",),
            articles=articles,
            severities=severities,
            languages=languages,
        )
        return look

    return register


def duty_rule(
    *,
    severity: Severity,
    articles: Mapping[str, tuple[str, ...]],
    severities: Mapping[str, Severity] | None = None,
    languages: tuple[str, ...],
    kinds: tuple[str, ...] = ("privacy",),
    beside: tuple[str, ...] = (),
    applies: Callable[[LegalPage], bool] | None = None,
    otherwise: str = "",
) -> Callable[[Weigh], Weigh]:
    """Register a rule that says of one legal page whether it says what a law wants said; its title names what is missing.

    ``kinds``: the pages that owe it. ``beside``: other kinds on which it may be said as well. ``applies``: whether a page calls for it, for
    what not every shop owes; ``otherwise`` says why it does not.
    """

    def register(weigh: Weigh) -> Weigh:
        shelves.register(
            weigh,
            judge=lambda site: owed(site, weigh, languages, kinds, beside),
            item=weigh,
            applies=applies,
            otherwise=otherwise,
            kinds=kinds,
            severity=severity,
            needs=("legal-pages",),
            articles=articles,
            severities=severities,
            languages=languages,
        )
        return weigh

    return register


def owed(
    site: Site, weigh: Weigh, languages: tuple[str, ...], kinds: tuple[str, ...], beside: tuple[str, ...] = ()
) -> Iterator[Finding | Unknown | Inapplicable]:
    """A finding for each language in which a shop has a page of ``kinds``, and neither it nor a page of ``beside`` says it."""
    pages = legal_pages(site)
    owing = [page for page in pages if concerns(page, kinds)]
    if not owing:
        yield Inapplicable(reason=f"no legal page was found of: {', '.join(kinds)}")
    for language in _markets(owing, languages):
        told = [page for page in pages if page.language == language and concerns(page, kinds + beside)]
        yield from _owed_in(told, [page for page in told if page in owing], weigh, languages)


def _markets(owing: list[LegalPage], languages: tuple[str, ...]) -> Iterable[str]:
    """The languages in which a text is owed: of a law of one market, those of that market where the shop has any."""
    spoken = dict.fromkeys(page.language for page in owing)
    local = [language for language in spoken if language in languages or not language]
    return local if local and set(languages) < set(SUPPORTED) else spoken


def _owed_in(
    pages: list[LegalPage], owing: list[LegalPage], weigh: Weigh, languages: tuple[str, ...]
) -> Iterator[Finding | Unknown | Inapplicable]:
    doubts = [(page, reason) for page in pages if (reason := unreadable(page, languages))]
    weighed = [(page, weigh(page)) for page in pages if not unreadable(page, languages)]
    states = {item.state for _, item in weighed}
    if "present" in states or (states == {"not-applicable"} and not doubts):
        return
    rule: Rule = weigh.rule  # type: ignore[attr-defined]
    if rule.applies and weighed and not any(rule.applies(page) for page, _ in weighed):
        yield Inapplicable(reason=f"{owing[0].path}: {rule.otherwise}")
        return
    doubts += [(page, f"“{_quoted(page, item)}” may say it") for page, item in weighed if item.state == "uncertain"]
    for page, reason in doubts:
        yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
    if not doubts and (first := min(owing, key=lambda page: (page.kinds[0] != "privacy", page.path))):
        yield Finding(
            message=rule.title,
            subject=first.path,
            evidence=tuple(dict.fromkeys(record for page in pages for record in page.evidence)),
            pages=Pages.of(url for page in pages for url in page.urls),
            confidence="medium",
        )


def _quoted(page: LegalPage, item: Item) -> str:
    assert page.document is not None
    return " ".join(page.document.text[item.start : min(item.end, item.start + QUOTE)].split())


def judged(
    site: Site, look: Look, languages: tuple[str, ...] = (), kinds: tuple[str, ...] = ()
) -> Iterator[Finding | Unknown | Inapplicable]:
    """What ``look`` tells about the shop's legal pages; pages that it cannot judge are unknown."""
    pages = [page for page in legal_pages(site) if concerns(page, kinds)]
    if not pages:
        yield Inapplicable(reason=f"no legal page was found{' of: ' + ', '.join(kinds) if kinds else ''}")
    for page in pages:
        reason = unreadable(page, languages)
        if reason:
            yield Unknown(reason=f"{page.path}: {reason}", evidence=page.evidence, pages=Pages.of(page.urls))
        else:
            yield from _told(page, look)


def passages_of(look: Look, page: LegalPage) -> list[Passage]:
    """What a text rule tells of a page whose text was kept; looked for once."""
    assert page.document is not None
    memo, key = page.document.memo, f"{look.__module__}.{look.__qualname__}"  # type: ignore[attr-defined]
    if key not in memo:
        memo[key] = list(look(page))
    return memo[key]


def concerns(page: LegalPage, kinds: tuple[str, ...]) -> bool:
    """Whether a page is of one of some kinds; ``()`` stands for all."""
    return not kinds or not set(kinds).isdisjoint(page.kinds)


def unreadable(page: LegalPage, languages: tuple[str, ...]) -> str:
    """Why a page's text cannot be judged; "" when it can."""
    document = page.document
    if document is None:
        return page.reason
    if document.frames and len(document.main_text.split()) < STUB:
        return f"the text is embedded from another address ({document.frames[0] or 'unnamed'}) and was not read"
    if languages and page.language and page.language not in languages:
        return f"the text's language is {page.language}, which this rule does not know"
    return ""


def _told(page: LegalPage, look: Look) -> Iterator[Finding | Unknown]:
    """Findings and unknowns of one page. Places called by the same words are one finding, which shows the first."""
    found: dict[str, list[Passage]] = {}
    for passage in sorted(passages_of(look, page), key=lambda passage: (passage.start, passage.end)):
        if passage.unsure:
            yield Unknown(reason=f"{page.path}: {passage.unsure}", evidence=page.evidence, pages=Pages.of(page.urls))
        else:
            found.setdefault(f"{_where(page, passage)} {passage.slot}: {_anchor(passage)}", []).append(passage)
    for subject, passages in found.items():
        yield finding(page, passages[0], subject, len(passages))


def _where(page: LegalPage, passage: Passage) -> str:
    """What a passage is called by: the page, or the frame that pages share, so that its fault is told once."""
    assert page.document is not None
    return "frame" if page.document.block_at(passage.start).part == "frame" else page.path


def _anchor(passage: Passage) -> str:
    """The words that a passage is called by: the last before a slot, the first of a text, none of them cut."""
    text = " ".join(passage.anchor.split()).strip(" :：,.;")
    if len(text) <= ANCHOR:
        return text or "?"
    if passage.slot in ("text", "clause"):
        return text[:ANCHOR].rpartition(" ")[0] or text[:ANCHOR]
    return text[-ANCHOR:].partition(" ")[2] or text[-ANCHOR:]


def finding(page: LegalPage, passage: Passage, subject: str, places: int = 1) -> Finding:
    """A finding that quotes a passage with what stands around it."""
    document = page.document
    assert document is not None
    text = document.text
    return Finding(
        message=passage.message + (f" ({places} places)" if places > 1 else ""),
        subject=subject,
        evidence=page.evidence,
        pages=Pages.of(page.urls),
        quote=" ".join(text[passage.start : min(passage.end, passage.start + QUOTE)].split()),
        before=" ".join(text[max(passage.start - CONTEXT, 0) : passage.start].split()),
        after=" ".join(text[passage.end : passage.end + CONTEXT].split()),
        place=document.block_at(passage.start).path,
        confidence=passage.confidence,
        fix=passage.fix,
    )
