"""The shop as rules see it: a read-only view of a run, with everything that is derived from the evidence.

Derived things are computed when first asked for and shared by all rules. Pages are always iterated from the run:
nothing here grows with the number of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from auditor.config import Config
from auditor.consent import Judge
from auditor.filters import Filters
from auditor.model import (
    IMPLIED_PROFILES,
    ApiCall,
    CollectorFailure,
    ConsentAction,
    ConsentSignal,
    ConsentUi,
    Cookie,
    CookieWrite,
    HostAlias,
    Link,
    LinkBlock,
    Page,
    Request,
    StorageItem,
    Visit,
    record,
    scenarios_for,
)
from auditor.store import Run
from auditor.urls import host_of, normalised, same_site, site_of

MAX_REDIRECTS = 10
ACTION_OF = {"rejected": "reject", "accepted": "accept", "withdrawn": "withdraw"}


@record
class ScenarioState:
    """Whether a scenario can be judged.

    ``ok`` · ``no-banner``: nothing to choose · ``no-way-back``: consent was given and can't be withdrawn · ``not-run`` · ``failed``.
    """

    state: str
    reason: str = ""
    evidence: tuple[str, ...] = ()


class Site:
    """One shop in one run."""

    def __init__(self, run: Run, config: Config) -> None:
        self.run = run
        self.config = config
        self._block = lru_cache(maxsize=4096)(self._read_block)
        self._blob_text = lru_cache(maxsize=16)(self._read_text)

    # --- the shop ---

    @cached_property
    def url(self) -> str:
        """The address that the audit began at, or where that redirected to."""
        return self.run.noted("start_url") or self.config.shop

    @cached_property
    def domain(self) -> str:
        """The shop's registrable domain."""
        return site_of(host_of(self.url))

    @cached_property
    def profiles(self) -> tuple[str, ...]:
        """The profiles in force: those configured and those that they imply (``de`` implies ``eu``)."""
        chosen = self.config.profile
        return tuple(dict.fromkeys([*chosen, *(more for one in chosen for more in IMPLIED_PROFILES.get(one, ()))]))

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that matter under the profiles in force."""
        return scenarios_for(self.profiles)

    def own(self, url: str) -> bool:
        """Whether an address belongs to the shop's site."""
        return same_site(url, self.url) or host_of(url) in self.config.crawl.hosts

    # --- pages ---

    def pages(self) -> Iterator[Page]:
        """The HTML pages that answered with status 200."""
        return (page for page in self.run.fetch(Page, status=200) if page.content_type in HTML and not page.redirect_to)

    def answers(self) -> Iterator[Page]:
        """Every address that was asked for, whatever came back."""
        return self.run.fetch(Page)

    @cached_property
    def probe(self) -> Page | None:
        """What the shop answers to an address that cannot exist; it is none of its pages. None when nobody asked."""
        return next(self.run.fetch(Page, found_by="probe"), None)

    def page(self, url: str) -> Page | None:
        """The page at an address, also when the address is written in another way (``urls.normalised``)."""
        found = next(self.run.fetch(Page, url=url), None)
        if found is None and (stored := self.run.url_of(normalised(url))):
            found = next(self.run.fetch(Page, url=stored), None)
        return found

    def resolve(self, url: str) -> Page | None:
        """The page that an address leads to, redirects followed; None when it was not crawled or goes in circles."""
        seen: set[str] = set()
        page = self.page(url.partition("#")[0])
        while page is not None and page.redirect_to:
            if page.url in seen or len(seen) > MAX_REDIRECTS:
                return None
            seen.add(page.url)
            page = self.page(page.redirect_to)
        return page

    def blocks(self, page: Page) -> list[LinkBlock]:
        return [self._block(row) for row in page.blocks]

    def links(self, page: Page, places: Iterable[str] | None = None) -> list[Link]:
        """The links of a page as crawled, in the order of its regions; ``places`` narrows it to some regions."""
        wanted = None if places is None else set(places)
        return [link for block in self.blocks(page) if wanted is None or block.place in wanted for link in block.links]

    def _read_block(self, row: int) -> LinkBlock:
        return self.run.get(f"link_block:{row}")

    def html(self, page: Page) -> str | None:
        """The kept HTML of a page as it came from the server, or None when it was not kept."""
        return self._blob_text(page.html) if page.html else None

    def blob_text(self, blob: str) -> str:
        """A text blob."""
        return self._blob_text(blob)

    def _read_text(self, blob: str) -> str:
        return self.run.blob(blob).decode("utf-8", "replace")

    # --- visits ---

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """All visits by id (their number is bounded by the configuration)."""
        return {visit.id: visit for visit in self.run.fetch(Visit)}

    def visits_in(self, scenario: str, outcome: str | None = None) -> list[Visit]:
        """The visits of one scenario in their order; a failed one that a later profile made good is not among the failed."""
        found = [v for v in self.visits.values() if v.scenario == scenario]
        if outcome != "failed":
            return [v for v in found if outcome in (None, v.outcome)]
        good = {v.url: index for index, v in enumerate(found) if v.outcome == "ok"}
        return [
            v
            for index, v in enumerate(found)
            if v.outcome == "failed" and not (good.get(v.url, -1) > index and v.profile != found[good[v.url]].profile)
        ]

    def cookies(self, scenario: str, phase: str | None = None) -> Iterator[Cookie]:
        return self._in_scenario(Cookie, scenario, phase)

    def cookie_writes(self, scenario: str, phase: str | None = None) -> Iterator[CookieWrite]:
        return self._in_scenario(CookieWrite, scenario, phase)

    def storage(self, scenario: str, phase: str | None = None) -> Iterator[StorageItem]:
        return self._in_scenario(StorageItem, scenario, phase)

    def requests(self, scenario: str, phase: str | None = None) -> Iterator[Request]:
        return self._in_scenario(Request, scenario, phase)

    def banners(self, scenario: str, viewport: str | None = "desktop") -> Iterator[ConsentUi]:
        """What was seen of the consent request; None = in any viewport."""
        found = self._in_scenario(ConsentUi, scenario, None)
        return (ui for ui in found if viewport in (None, self.visits[ui.visit].viewport))

    def actions(self, scenario: str) -> list[ConsentAction]:
        return list(self._in_scenario(ConsentAction, scenario, None))

    def calls(self, scenario: str, phase: str | None = None) -> Iterator[ApiCall]:
        return self._in_scenario(ApiCall, scenario, phase)

    def signals(self, scenario: str, phase: str | None = None) -> Iterator[ConsentSignal]:
        return self._in_scenario(ConsentSignal, scenario, phase)

    @cached_property
    def aliases(self) -> dict[str, HostAlias]:
        """What the shop's hosts resolve to, by host."""
        return {alias.host: alias for alias in self.run.fetch(HostAlias)}

    def failures(self, scenario: str) -> list[CollectorFailure]:
        return list(self._in_scenario(CollectorFailure, scenario, None))

    @cached_property
    def filters(self) -> Filters | None:
        """The filter lists of the configuration. Raises ConfigError when one cannot be used."""
        return Filters(self.config.consent.filter_lists) if self.config.consent.filter_lists else None

    @cached_property
    def consent(self) -> Judge:
        """What needs consent of all that the visits saw."""
        return Judge(self)

    def _in_scenario(self, cls: type, scenario: str, phase: str | None) -> Iterator:
        where = {"phase": phase} if phase else {}
        for visit in self.visits_in(scenario):
            yield from self.run.fetch(cls, visit=visit.id, **where)

    def scenario_state(self, scenario: str) -> ScenarioState:
        """Whether what was seen in this scenario can be judged, and why not."""
        visits = self.visits_in(scenario)
        good = [visit for visit in visits if visit.outcome == "ok"]
        if not good:
            reasons = "; ".join(dict.fromkeys(visit.reason for visit in visits)) or "no page was visited in it"
            state = "failed" if visits else "not-run"
            return ScenarioState(state=state, reason=reasons, evidence=tuple(visit.id for visit in visits[:5]))
        if scenario not in ACTION_OF:
            return ScenarioState(state="ok", evidence=(good[0].id,))
        actions = self.actions(scenario)
        if any(action.confirmed and action.action == ACTION_OF[scenario] for action in actions):
            return ScenarioState(state="ok", evidence=tuple(action.id for action in actions))
        if scenario == "withdrawn" and (lost := _no_way_back(actions)):
            return ScenarioState(state="no-way-back", reason=lost.reason, evidence=(lost.id,))
        if any(banner.present for banner in self.banners(scenario)):
            reasons = "; ".join(dict.fromkeys(a.reason for a in actions if a.reason)) or "no choice was made"
            evidence = tuple(action.id for action in actions) or (good[0].id,)
            return ScenarioState(state="failed", reason=reasons, evidence=evidence)
        return self._without_request(scenario, good[0])

    def _without_request(self, scenario: str, visit: Visit) -> ScenarioState:
        """Nothing to choose, unless nobody could look, or the visitor who chose nothing was asked all the same."""
        broken = [failure for failure in self.failures(scenario) if failure.collector == "consent"]
        asked = [banner for banner in self.banners("untouched") if banner.present]
        if broken:
            reason = f"whether a consent request was shown is unknown: {broken[0].reason}"
            return ScenarioState(state="failed", reason=reason, evidence=tuple(failure.id for failure in broken[:5]))
        if asked:
            reason = "the consent request that other visits saw was not shown"
            return ScenarioState(state="failed", reason=reason, evidence=(visit.id, asked[0].id))
        return ScenarioState(state="no-banner", reason="no consent request was seen", evidence=(visit.id,))


HTML = ("text/html", "application/xhtml+xml")


def _no_way_back(actions: Iterable[ConsentAction]) -> ConsentAction | None:
    """The search for a way to withdraw that found none, after consent was given."""
    given = False
    for action in actions:
        given = given or (action.action == "accept" and action.confirmed)
        if given and action.action == "withdraw" and not action.way and not action.confirmed:
            return action
    return None
