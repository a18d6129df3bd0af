"""Looking at a shop: the crawl, the visits, and back to the crawl for what only a browser found."""

from __future__ import annotations

from itertools import islice

from auditor.config import Config, Secrets
from auditor.model import Page, Visit, scenarios_for
from auditor.progress import Progress
from auditor.spiders.answer import PAGE_TYPES
from auditor.spiders.crawl import crawl
from auditor.spiders.follow import Follow, Origin
from auditor.spiders.scope import Scope
from auditor.store import Run

MAX_ROUNDS = 8  # crawls of what the visits found; each may lead one level deeper into a single-page shop
SHELL_WORDS = 10  # a page whose HTML says no more than this is made by scripts


async def look(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    """Gather everything that the rules will judge. What is done already is not done again."""
    if await crawl(run, config, secrets, progress) or config.visits.pages == "none":
        return
    if "untouched" in config.visits.scenarios:
        await _untouched(run, config, secrets, progress)
    from auditor.spiders.choice import choose_pages
    from auditor.spiders.collectors.aliases import look_up
    from auditor.spiders.visits import visit_scenarios

    progress.stage("visit")
    wanted = [scenario for scenario in config.visits.scenarios if scenario in scenarios_for(config.profile)]
    await visit_scenarios(run, config, secrets, progress, wanted, choose_pages(run, config))
    await look_up(run, config)


async def _untouched(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    """Visit, crawl the links that only rendering showed, and visit again what that brought."""
    from auditor.spiders.choice import choose_pages
    from auditor.spiders.visits import visit_scenario

    for _ in range(MAX_ROUNDS):
        pages = choose_pages(run, config)
        pages += _shells(run, config.visits.limit - len(pages), {url for url, _ in pages})
        progress.stage("visit")
        await visit_scenario(run, config, secrets, progress, "untouched", pages)
        if not _offer_rendered_links(run, config):
            return
        if await crawl(run, config, secrets, progress):
            return


def _shells(run: Run, most: int, known: set[str]) -> list[tuple[str, str]]:
    """Pages whose HTML is empty: what they link to only a visit can tell."""
    rows = run.values(Page, "url", "words", "content_type", status=200, redirect_to="")
    shells = (url for _, url, words, kind in rows if words <= SHELL_WORDS and kind in PAGE_TYPES and url not in known)
    return [(url, "news") for url in islice(shells, max(0, most))]


def _offer_rendered_links(run: Run, config: Config) -> int:
    """Queue what visits found beyond the HTML; how many addresses were new."""
    follow = Follow(Scope(config.crawl, config.shop, run.noted("start_url") or config.shop), config.crawl)
    new = 0
    for visit in run.fetch(Visit):
        page = Origin(url=visit.url, depth=_depth_of(run, visit.url))
        new += follow.offer(run, follow.links(visit.links, page, "visit"))
    return new


def _depth_of(run: Run, url: str) -> int:
    return next((page.depth for page in run.fetch(Page, url=url)), 0)
