from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditor.legal import legal_pages, path_of
from auditor.model import Finding, Inapplicable, Page, Pages, Unknown
from auditor.rules.links.arrival import arrival
from auditor.rules.links.legal_links import LegalLinks
from auditor.rules.links.substance import NAMES
from auditor.shelves import rule
from auditor.site import Site

KINDS = ("privacy", "cookies", "imprint")  # terms are handed out as a file with good reason
_ENDINGS = ("pdf", "doc", "docx")
_FILES = frozenset(
    [
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rtf",
        "image/png",
        "image/jpeg",
    ]
)


@rule(
    severity="notice",
    needs=("pages", "legal-pages"),
    articles={
        "eu": ("GDPR Art. 12(1)", "WP 260 rev.01 para. 11", "Directive (EU) 2019/882 Annex I sec. III"),
        "uk": ("UK GDPR Art. 12(1)",),
        "us-ca": ("CCPA Regulations § 7003(b)(3)",),
        "kr": ("PIPA Enforcement Decree Art. 31(2)",),
        "br": ("LGPD Art. 9",),
        "qc": ("Law 25: P-39.1 s. 8.2",),
    },
)
def legal_text_as_file(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A legal text can only be had as a file.

    Why: A PDF is hard to read on a telephone and with a screen reader, and many visitors do not open what is downloaded.

    Fix: Publish the text as a page of the shop, and offer the file beside it.
    """
    pages = {kind for page in legal_pages(site) for kind in page.kinds}
    files: dict[str, dict[str, Page]] = defaultdict(dict)
    for url, target in LegalLinks.of(site).targets.items():
        wanted = target.named.intersection(KINDS) - pages
        if not wanted or not site.own(url):
            continue
        came = arrival(site, url)
        if came.how == "end" and came.page is not None and _is_file(came.page):
            for kind in wanted:
                files[kind][url] = came.page
            continue
        pages |= wanted  # there is a page, or may be
        if came.how == "not-crawled" and _ending(url) in _ENDINGS:
            reason = f"the link “{target.text}” to {path_of(url)} was not crawled: the text may be a page or a file"
            yield Unknown(reason=reason)
    if not pages and not files:
        yield Inapplicable(reason="no link names a privacy policy or an imprint")
    for kind in sorted(set(files) - pages):
        url, page = min(files[kind].items())
        yield Finding(
            message=f"The {NAMES[kind]} is there only as a file: {path_of(url)} ({page.content_type}).",
            subject=path_of(url),
            evidence=tuple(one.id for one in files[kind].values())[:5],
            pages=Pages.of(files[kind]),
        )


def _is_file(page: Page) -> bool:
    return page.status == 200 and (
        page.content_type in _FILES or (not page.content_type and _ending(page.url) in _ENDINGS)
    )


def _ending(url: str) -> str:
    return url.partition("?")[0].rpartition(".")[2].lower()
