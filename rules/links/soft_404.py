"""Whether a page is what the shop answers to addresses that do not exist, although its status says that all is well.

No words are looked for: the page is compared with the answer to an address that cannot exist (``Site.probe``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from auditor.document import read
from auditor.model import Page, Visit
from auditor.rules.links.substance import count_words, is_home
from auditor.site import HTML, Site

LEAST = 5  # words that two pages must share to be alike: "Loading…" says nothing
ALIKE = 0.9
MAX_COMPARED = 600  # words; no page that says that it is not there is longer
GREW = 1.3  # a browser that shows so many times the words got them from a script
_PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_ANSWERS = (200, 404, 410)


def is_soft_404(site: Site, page: Page, hops: int, visits: Iterable[Visit] = ()) -> bool | None:
    """Whether the shop does not have this page; None when scripts may make another page of it. ``hops``: redirects to it."""
    probe = site.probe
    if probe is None or is_home(site, page.url):
        return False
    if probe.redirect_to:
        to = site.resolve(probe.redirect_to)
        return bool(hops) and to is not None and to.url == page.url
    if probe.status not in _ANSWERS or page.status != 200 or page.content_type not in HTML:
        return False
    mine, nowhere = _words(site, page), _words(site, probe)
    if not alike(mine, nowhere):
        return False
    return _as_shown(site, page, nowhere, list(visits))


def _as_shown(site: Site, page: Page, nowhere: list[str], visits: list[Visit]) -> bool | None:
    """Whether the page is the same in a browser, as far as that is known."""
    if visits:
        return all(visit.words <= max(page.words * GREW, page.words + 15) for visit in visits)
    probe = site.probe
    assert probe is not None
    names, others = {page.title, page.heading} - {""}, {probe.title, probe.heading} - {""}
    if names.isdisjoint(others):
        return None
    home = site.resolve(site.url)
    # A shell that is sent for every address, the home page's included, is filled by scripts.
    return True if probe.status != 200 or (home and not alike(_words(site, home), nowhere)) else None


def alike(one: list[str], other: list[str]) -> bool:
    """Whether two texts, as words, are nearly the same."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < LEAST or longer > MAX_COMPARED or shorter < longer * ALIKE * ALIKE:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _words(site: Site, page: Page) -> list[str]:
    html = site.html(page)
    text = read(html, page.url).main_text if html else ""
    return _PIECE.findall(text.lower()) if count_words(text) >= LEAST else []
