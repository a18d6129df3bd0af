"""Looking at a shop: the crawl, the visits, and back to the crawl for what only a browser found."""

from __future__ import annotations

from auditor.config import Config, Secrets
from auditor.model import Page, Visit
from auditor.progress import Progress
from auditor.spiders.crawl import crawl
from auditor.spiders.follow import Follow, Origin
from auditor.spiders.scope import Scope
from auditor.store import Run

MAX_ROUNDS = 8  # crawls of what the visits found; each may lead one level deeper into a single-page shop


async def look(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    """Gather everything that the rules will judge. What is done already is not done again."""
    if await crawl(run, config, secrets, progress) or config.visits.pages == "none":
        return
    if "untouched" in config.visits.scenarios:
        await _untouched(run, config, secrets, progress)
    from auditor.spiders.choice import choose_pages
    from auditor.spiders.visits import visit_scenario

    for scenario in config.visits.scenarios:
        if scenario != "untouched":
            await visit_scenario(run, config, secrets, progress, scenario, choose_pages(run, config))


async def _untouched(run: Run, config: Config, secrets: Secrets, progress: Progress) -> None:
    """Visit, crawl the links that only rendering showed, and visit again what that brought."""
    from auditor.spiders.choice import choose_pages
    from auditor.spiders.visits import visit_scenario

    for _ in range(MAX_ROUNDS):
        await visit_scenario(run, config, secrets, progress, "untouched", choose_pages(run, config))
        if not _offer_rendered_links(run, config):
            return
        if await crawl(run, config, secrets, progress):
            return


def _offer_rendered_links(run: Run, config: Config) -> int:
    """Queue what visits found beyond the HTML; how many addresses were new."""
    follow = Follow(Scope(config.crawl, config.shop, run.noted("start_url") or config.shop), config.crawl)
    new = 0
    for visit in run.fetch(Visit):
        page = Origin(url=visit.url, depth=_depth_of(run, visit.url))
        found = (follow.link(link, page, "visit") for link in visit.links)
        new += follow.offer(run, (address for address in found if address is not None))
    return new


def _depth_of(run: Run, url: str) -> int:
    return next((page.depth for page in run.fetch(Page, url=url)), 0)
