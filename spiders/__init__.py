"""Everything that touches the shop: the crawl, the visits in Chromium, the consent driver, the collectors.

Importing this package brings in neither Scrapy nor Playwright: whoever only judges a run needs neither.
"""

from __future__ import annotations

from typing import Any

from auditor.config import Config, Secrets
from auditor.model import LinkBlock, Page
from auditor.progress import Progress
from auditor.store import Run

__all__ = ["fetch", "look", "page_from_html"]


def page_from_html(url: str, html: str, **known: Any) -> tuple[Page, list[LinkBlock]]:
    """A Page and its link blocks from its HTML; ``known`` are fields of Page that win over what the HTML says."""
    from auditor.spiders import extract

    return extract.page_from_html(url, html, **known)


async def look(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    """Crawl the shop and visit its pages: everything that the rules will judge, written into ``run``."""
    from auditor.spiders import stages

    await stages.look(run, config, secrets, progress)


def fetch(url: str, config: Config, limit: int) -> tuple[str, str]:
    """Where one address ends and the text there, at most ``limit`` bytes of it. Raises OSError when there is no answer."""
    from auditor.spiders import fetching

    return fetching.fetch(url, config, limit)
