"""What a shop for Brazil has to say anywhere on its site (Decreto 7.962/2013, Article 2)."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Pages, Unknown
from auditor.rules.identity.countries import mark, shown
from auditor.rules.identity.places import home_of, places, unread, writes
from auditor.site import Site


def missing(site: Site, name: str, what: str) -> Iterator[Finding | Unknown]:
    """A finding when neither the home page nor a legal page shows it."""
    found = places(site)
    if shown("br", name, found):
        return
    home, doubts = home_of(site, "pt"), list(unread(site))
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
    elif not writes(home, "pt"):
        yield Unknown(
            reason="the home page is not in Portuguese: a foreign seller has no such number", evidence=home.evidence
        )
    elif doubts:
        yield from doubts
    elif mark("br", name).search(site.html(home.page) or "") or not home.page.copyright:
        yield Unknown(reason="scripts may show it: look in a browser", evidence=home.evidence)
    else:
        yield Finding(
            message=f"Neither the home page nor a legal page shows the {what}",
            subject="site",
            evidence=tuple(dict.fromkeys(record for place in found for record in place.evidence))[:10],
            pages=Pages.of(url for place in found for url in place.urls),
            confidence="medium",
        )
