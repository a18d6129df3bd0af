"""The crawl: from the run's frontier until it is empty, the page limit is reached or the shop cannot be audited."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from itertools import islice
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner

from auditor.config import Config, Secrets
from auditor.model import Page
from auditor.progress import Progress
from auditor.spiders import reactor, templates, tls, trouble
from auditor.spiders.answer import PAGE_TYPES
from auditor.spiders.follow import START
from auditor.spiders.settings import for_run
from auditor.spiders.shop import ShopSpider
from auditor.spiders.work import Work, sitemap_address
from auditor.store import Address, Run
from auditor.urls import cleaned, normalised

LAST_WAIT = 3.0  # seconds that requests in flight get when the crawl is interrupted
FEW = 3  # so few pages, all short and with a password field, are a login and no shop
SHORT = 150  # words


async def crawl(run: Run, config: Config, secrets: Secrets, progress: Progress) -> str:
    """Crawl what is queued; why the shop as a whole could not be audited, or "".

    The outcome is noted in the manifest under "crawl". Interrupted, the run can be resumed.
    """
    tls.context_for(config)
    work = Work.on(run, config, secrets, progress)
    _begin(work)
    ended = "stopped"
    try:
        if work.may_take():
            progress.stage("crawl")
            await _run_spider(work)
        if work.failure:
            work.trouble = await trouble.about_start(*work.failure, config)
        if work.broken:
            raise work.broken
        work.trouble = work.trouble or _trouble_in(work)
        ended = "stopped" if work.trouble else "page limit" if work.queued else "complete"
    finally:
        skipped = dict(sorted(run.skipped_reasons().items()))
        run.note("crawl", {"pages": work.pages, "skipped": skipped, "ended": ended, "trouble": work.trouble})
    templates.name_templates(run)
    return work.trouble


def _begin(work: Work) -> None:
    """Queue the start address and the sitemap, if the run does not know them yet."""
    url = cleaned(work.config.shop)
    parts = urlsplit(url)
    begin = [Address(key=normalised(url), url=url, found_by="start", priority=START)]
    if work.config.crawl.sitemaps:
        begin.append(sitemap_address(f"{parts.scheme}://{parts.netloc}/sitemap.xml"))
    work.queued += work.run.offer(begin)


async def _run_spider(work: Work) -> None:
    for name in ("scrapy", "twisted", "auditor"):
        _keep_off_the_terminal(name)
    reactor.on_running_loop()
    runner = AsyncCrawlerRunner(for_run(work.config))
    task = runner.crawl(ShopSpider, work=work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        work.stopping = True
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(runner.stop(), LAST_WAIT)
        raise


def _keep_off_the_terminal(name: str) -> None:
    """Without a handler Python prints warnings to the terminal; whoever wants a log adds one to the root."""
    logger = logging.getLogger(name)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    if name != "auditor":
        logger.setLevel(logging.WARNING)


def _trouble_in(work: Work) -> str:
    """What only the whole crawl can tell."""
    if work.gone:
        return trouble.about_end(work.pages)
    url = work.start
    answered = work.run.fetch(Page, status=200)
    first = list(islice((page for page in answered if page.content_type in PAGE_TYPES), FEW + 1))
    if first and len(first) <= FEW and all(_is_login(page) for page in first) and not work.queued:
        return trouble.about_login(url)
    if first:
        return ""
    if any(page.redirect_to for page in work.run.fetch(Page, depth=0)):
        return trouble.about_circle(url)
    return f"{url} has no page that could be read."


def _is_login(page: Page) -> bool:
    main = (form for form in page.forms if form.place == "main")
    return page.words <= SHORT and any(item.kind == "password" for form in main for item in form.fields)
