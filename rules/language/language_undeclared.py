from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.language import OTHERS, SUPPORTED
from auditor.legal import LegalPage, legal_pages
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.language.spoken import in_words, primary, same, written_in
from auditor.shelves import rule
from auditor.site import Site

_INNER = re.compile(r"""<(?!html\b)[a-z][^<>]{0,300}?\slang\s*=\s*["']?([a-z]{2,3})\b""", re.IGNORECASE)


@rule(
    severity="notice",
    needs=("legal-pages",),
    articles={
        "eu": ("Directive (EU) 2019/882 Annex I sec. III", "EN 301 549 no. 9.3.1.1 (WCAG 3.1.1)"),
        "uk": ("Equality Act 2010 s. 20",),
        "us-ca": ("CCPA Regulations § 7003(b)(3)",),
        "kr": ("Act on the Prohibition of Discrimination against Persons with Disabilities Art. 21",),
        "qc": ("Charter of human rights and freedoms s. 10",),
    },
)
def language_undeclared(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A legal page does not declare the language in which it is written, or declares another one.

    Why: Screen readers pronounce a text by its declared language, and browsers offer to translate by it: a German policy that
    declares English is read out as gibberish.

    Fix: Set the lang attribute of the html element to the language of the text, in every version of the template.
    """
    pages = legal_pages(site)
    if not pages:
        yield Inapplicable(reason="no legal page was found")
    silent: list[LegalPage] = []
    for page in pages:
        if page.document is None:
            yield Unknown(reason=f"{page.path}: {page.reason}", evidence=page.evidence, pages=Pages.of(page.urls))
        elif not (declared := page.document.language or page.page.language):
            silent += [page] if page.document.main_text else []
        elif wrong := _contradiction(site, page, primary(declared)):
            yield _finding(
                [page], page.path, f"{page.path} is written in {in_words([wrong])} and declares “{declared}”.", "medium"
            )
    if silent:
        count = len(silent)
        where = silent[0].path if count == 1 else f"{count} legal pages"
        verb = "declares" if count == 1 else "declare"
        yield _finding(silent, "no lang attribute", f"{where} {verb} no language.", "high")


def _contradiction(site: Site, page: LegalPage, declared: str) -> str:
    """The language in which a text is written in all its pieces, when it is another than the declared one; else ""."""
    written = written_in(page.document)
    if len(written) != 1 or declared not in (*SUPPORTED, *OTHERS) or any(same(declared, one) for one in written):
        return ""
    language = next(iter(written))
    html = site.html(page.page) or ""
    inner = {primary(code) for code in _INNER.findall(html)}
    return "" if language in inner else language


def _finding(pages: list[LegalPage], subject: str, message: str, confidence: str) -> Finding:
    return Finding(
        message=message,
        subject=subject,
        evidence=tuple(record for page in pages[:5] for record in page.evidence),
        pages=Pages.of(url for page in pages for url in page.urls),
        confidence="high" if confidence == "high" else "medium",
    )
