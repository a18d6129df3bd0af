from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Confidence, Finding, Pages, Visit
from auditor.rules.consent.articles import OPT_IN, SEVERITIES
from auditor.rules.consent.evidence import Scope, before_choice, kept, screenshot, trackers, written
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    needs=("visits:untouched", "consent", "cookies", "storage", "requests"),
    articles=OPT_IN,
    severities=SEVERITIES,
)
def banner_missing(site: Site) -> Iterator[Finding]:
    """What needs consent is used, and the visitor is never asked.

    Why: Without a request there can be no consent, so nothing that needs it may run. A shop that uses only what is
    strictly necessary needs no banner, and none is asked for here.

    Fix: Ask on every page where a visit can begin, and hold back what needs consent until the answer; or do without it.
    """
    scope = before_choice(site)
    needing = _needing(site, scope)
    asked = {ui.visit for ui in site.banners("untouched") if ui.present}
    silent = [visit for visit in scope.visits.values() if visit.id in needing and visit.id not in asked]
    if silent and not asked:
        yield _finding(site, "every page", silent, needing)
    elif len(asked) * 2 > len(scope.visits):  # else it is a request that is shown once, on the first page
        by_template: dict[str, list[Visit]] = {}
        for visit in silent:
            page = site.resolve(visit.url)
            by_template.setdefault((page and page.template) or "other pages", []).append(visit)
        for template, visits in by_template.items():
            yield _finding(site, template, visits, needing)


Needing = dict[str, dict[str, Confidence]]  # visit -> evidence -> how sure it is that this needs consent


def _needing(site: Site, scope: Scope) -> Needing:
    """What was set or contacted in each visit that needs consent."""
    found: Needing = {}
    for entry in site.consent.needing:
        sure = site.consent.verdict(entry).confidence
        first_seen = sorted(kept(entry, scope), key=lambda pair: pair[0].order)[:1]
        for visit, item in [*written(entry, scope), *first_seen]:
            found.setdefault(visit.id, {})[item.id] = sure
    for requests in trackers(site, scope).values():
        for request, judged in requests:
            found.setdefault(request.visit, {})[request.id] = judged.confidence
    return found


def _finding(site: Site, subject: str, visits: list[Visit], needing: Needing) -> Finding:
    confidences = {sure for visit in visits for sure in needing[visit.id].values()}
    evidence = [item for visit in visits for item in (visit.id, *list(needing[visit.id])[:2])]
    where = "The shop" if subject == "every page" else f"A page of the template “{subject}”"
    return Finding(
        message=f"{where} uses what needs consent and shows no consent request.",
        subject=subject,
        evidence=tuple(dict.fromkeys(evidence))[:12],
        pages=Pages.of(visit.url for visit in visits),
        confidence="high" if "high" in confidences else "medium",
        screenshot=screenshot(site, visits[0]),
    )
