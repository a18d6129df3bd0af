"""The rule ``copyright-holder-different``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor import identity
from auditor.document import from_text
from auditor.legal import LegalPage, legal_pages
from auditor.legal_names import fold
from auditor.model import Finding, Inapplicable, Unknown
from auditor.passages import unreadable
from auditor.rules.copyright.articles import HOLDER
from auditor.rules.copyright.notices import Notice, shown
from auditor.shelves import rule
from auditor.site import Site

LEADING = re.compile(r"^(?:[^\w]|주\)|주식회사|株式会社|the\s)+")
TELLING = frozenset({"imprint", "seller", "terms", "privacy"})


@rule(severity="notice", needs=("legal-pages",), articles=HOLDER)
def copyright_holder_different(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The copyright notice names another company than the one that the legal pages say operates the shop.

    Why: visitors cannot tell with whom they deal. Often the notice, or a legal text, still names a former operator or the shop
    that the texts were copied from. A holder who is mentioned anywhere on the legal pages is not told, nor one who shares a word
    of the name: brands may belong to a group.

    Fix: name the operator in the notice, or say in the imprint who the holder is.
    """
    pages = [page for page in legal_pages(site) if not TELLING.isdisjoint(page.kinds)]
    doubts = [reason for page in pages if (reason := unreadable(page, ()))]
    operators = _operators(pages)
    holders = [(item, *company) for item in shown(site) for company in _companies(item.notice)]
    if not operators or not holders:
        yield Inapplicable(reason="the copyright notice or the legal pages name no company with its legal form")
        return
    said = fold("\n".join(page.document.main_text for page in legal_pages(site) if page.document is not None))
    for item, holder, written in holders:
        if any(identity.same_company(holder, name) for name in operators) or holder in said:
            continue
        if doubts:
            yield Unknown(reason=f"the notice names {written}, and {doubts[0]}", evidence=item.tally.evidence)
            continue
        yield Finding(
            message=f"The copyright notice names “{written}”; by the legal pages the shop's operator is “{next(iter(operators.values()))}”.",
            subject=f"notice of {written[:80]}",
            evidence=item.tally.evidence,
            pages=item.tally.pages,
            quote=item.notice.text,
            confidence="medium",
        )


def _operators(pages: list[LegalPage]) -> dict[str, str]:
    """The companies that the pages call the operator: as compared, and as written."""
    return {
        fact.value: page.document.text[fact.start : fact.end]
        for page in pages
        if page.document is not None
        for fact in identity.names(page.document)
        if fact.whose == "operator"
    }


def _companies(notice: Notice) -> list[tuple[str, str]]:
    """The company in a notice, as compared and as written.

    None when it has no legal form, for brands may be anybody's, when there are several, or when something else stands first:
    further back a notice names those who made or host the site.
    """
    document = from_text(notice.text)
    holder = LEADING.sub("", fold(notice.holder))
    found = [fact for fact in identity.names(document) if holder.startswith(fact.value)]
    return [(fact.value, document.text[fact.start : fact.end]) for fact in found] if len(found) == 1 else []
