from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.banner.articles import INFORMED
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests, unread, words
from auditor.rules.consent.evidence import anything_needs_consent, tool
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="error", needs=("visits:untouched", "consent"), articles=INFORMED)
def banner_purpose_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The consent request says nowhere what consent is asked for.

    Why: Consent is given to a purpose. "This site uses cookies" names none, so that whoever agrees has agreed to nothing. A purpose may
    stand on the first layer or behind its settings.

    Fix: Say in the first sentences what is done and by whom: measuring visits, advertising on other sites, videos of others.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
    elif not anything_needs_consent(site):
        yield Inapplicable(reason="nothing was seen that needs consent")
    elif not any(_says(one) for one in seen):
        lack = unread(seen)
        yield Unknown(reason=lack, evidence=evidence(seen[:3])) if lack else _finding(site, seen)


def _says(one: Seen) -> bool:
    return any(_purposes().search(text) for text in words(one[1]))


@cache
def _purposes() -> re.Pattern[str]:
    table = tomllib.loads(resources.files(__package__).joinpath("purposes.toml").read_text("utf-8"))
    return re.compile("|".join(text for texts in table.values() for text in texts), re.IGNORECASE)


def _finding(site: Site, seen: list[Seen]) -> Finding:
    return Finding(
        message="The consent request says nowhere what consent is asked for.",
        subject="consent request",
        evidence=evidence(seen),
        pages=Pages.of(visit.url for visit, _ in seen),
        quote=seen[0][1].text[:200],
        fix=f"Name the purposes in the text of {tool(site)}, such as measuring visits or advertising, and who pursues them.",
        screenshot=picture(seen[0]),
    )
