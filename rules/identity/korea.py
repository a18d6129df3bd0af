"""What the home page of a shop for Korea has to say about who runs it (E-Commerce Act, Article 10; patterns in ``korea.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from auditor.document import Document
from auditor.model import Finding, Unknown
from auditor.rules.carrying import seen_by_page
from auditor.rules.identity.places import Place, home_of, writes
from auditor.site import Site

LANGUAGES = ("ko",)
SUBJECT = "home page"
FOLDED = re.compile(r"사업자 ?정보|회사 ?정보|판매자 ?정보|business info", re.IGNORECASE)
TELLING_PICTURE = re.compile(r"footer|foot|bottom|info|company|copyright|사업자|회사|하단", re.IGNORECASE)


def duty(site: Site, name: str, what: str) -> Iterator[Finding | Unknown]:
    """A finding when the home page does not say ``what``; nothing when it does; unknown when nobody can tell from its HTML."""
    home = home_of(site, "ko")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    if writes(home, "ko") and says(home.document, name):
        return
    if doubt := _doubt(site, home, name):
        yield Unknown(reason=doubt, evidence=home.evidence)
        return
    label = _labelled(home.document, name)
    yield Finding(
        message=f"The home page does not show {what}" + (f": nothing stands behind “{label}”" if label else ""),
        subject=SUBJECT,
        evidence=home.evidence,
        pages=home.pages,
        quote=label,
        confidence="high" if label or _says_anything(home.document) else "medium",
    )


@cache
def _pattern(name: str, key: str) -> re.Pattern[str] | None:
    text = files("auditor.rules.identity").joinpath("korea.toml").read_text(encoding="utf-8")
    pattern = tomllib.loads(text)[name].get(key)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def says(document: Document, name: str) -> bool:
    """Whether the page shows the value of a duty, behind a link or in a picture's text included."""
    patterns = [pattern for key in ("value", "bare") if (pattern := _pattern(name, key))]
    if any(pattern.search(document.text) for pattern in patterns):
        return True
    targets = [span.target or "" for span in document.spans if span.kind in ("link", "email")]
    if name == "email" and any("@" in target for target in targets):
        return True
    if name == "phone" and any(target.lower().startswith("tel:") for target in targets):
        return True
    if name == "registration-number" and any(re.search(r"wrkr_no=\d{10}", target) for target in targets):
        return True
    pictures = " ".join(span.text for span in document.spans if span.kind == "image")
    return any(pattern.search(pictures) for pattern in patterns)


def _says_anything(document: Document) -> bool:
    """Whether the page shows any of the values, so that its footer is text and not a picture."""
    return any(says(document, name) for name in ("registration-number", "mail-order-number", "representative"))


def _labelled(document: Document, name: str) -> str:
    """The label that has no value; "" when there is none in the page's frame."""
    pattern = _pattern(name, "label")
    for match in reversed(list(pattern.finditer(document.text))) if pattern else ():
        if document.block_at(match.start()).part == "frame":
            return match.group()
    return ""


def _doubt(site: Site, home: Place, name: str) -> str:
    """Why a value that the HTML does not show may be there all the same, or may not be owed."""
    document, page = home.document, home.page
    excuse = _pattern(name, "excuse")
    source = site.html(page) or ""
    if not writes(home, "ko"):
        return "the home page is not in Korean: look whether the shop has one that is"
    if excuse and excuse.search(document.text):
        return "the shop says that it is exempt: look whether it is"
    if any(
        pattern and pattern.search(_texts_of(source)) for pattern in (_pattern(name, "value"), _pattern(name, "bare"))
    ):
        return "the page's source holds it where nobody sees it without a click or a script: look in a browser"
    if document.client_templates or (document.frames and not _says_anything(document)):
        return "scripts or an embedded page may show it: look in a browser"
    if not _says_anything(document) and FOLDED.search(_texts_of(source)):
        return "a click may unfold what the shop says of itself: look in a browser"
    if not _says_anything(document) and has_telling_picture(document):
        return "the footer may be a picture: look whether it shows it"
    return _doubt_by_scripts(site, home)


def _texts_of(source: str) -> str:
    """The source without the addresses and names that mean nothing to a visitor."""
    return re.sub(r"<[^<>]{0,2000}>", "\n", source)


def has_telling_picture(document: Document) -> bool:
    """Whether a picture at the foot of the page may hold a text on the shop."""
    pictures = [span for span in document.spans if span.kind == "image"]
    return any(
        document.block_at(span.start).part == "frame" and TELLING_PICTURE.search(f"{span.target} {span.text}")
        for span in pictures[-12:]
    )


def _doubt_by_scripts(site: Site, home: Place) -> str:
    """Scripts write the footer when the HTML has none, or when the browser showed a notice that the HTML lacks."""
    visits = seen_by_page(site).get(home.page.url, [])
    footed = any(block.place == "footer" for block in site.blocks(home.page)) or home.page.copyright
    written = any(visit.copyright for visit in visits) and not home.page.copyright
    if written or (not footed and not _says_anything(home.document)):
        return "scripts may write the footer: look in a browser"
    return ""
