"""Whether a policy says an item: what the ranker finds, and how sure it must be.

Placeholders say nothing; and an item that is a value (a name, an address, a period) is not said where that value is missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Item, passages_of
from auditor.rules.gaps.contact_missing import contact_missing
from auditor.rules.gaps.name_missing import name_missing
from auditor.rules.gaps.unwritten import unwritten
from auditor.rules.policy.ranker import Said, said

LANGUAGES = SUPPORTED
PRESENT = 0.5  # chances from which an item is said, and below which it is not
ABSENT = 0.25
VALUES = frozenset(["controller", "contact", "representative", "dpo", "date", "retention"])
HOLES = (contact_missing, name_missing)


@cache
def _triggers() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(files("auditor.rules.policy").joinpath("triggers.toml").read_text(encoding="utf-8"))
    return {item: tuple(words) for item, words in table.items()}


def called_for(page: LegalPage, item: str) -> bool:
    """Whether a page's text calls for an item that not every policy owes: a word of it stands there."""
    assert page.document is not None
    return any(word in page.document.lower for word in _triggers().get(item, ()))


def state_of(page: LegalPage, item: str) -> Item:
    """Whether a page says an item, with the clause that says it, or may."""
    found = _said(page).get(item)
    if found is None or found.chance < ABSENT:
        return Item(state="absent")
    return Item(state="present" if found.chance >= PRESENT else "uncertain", start=found.start, end=found.end)


def _said(page: LegalPage) -> Mapping[str, Said]:
    assert page.document is not None
    memo = page.document.memo
    if "policy" not in memo:
        memo["policy"] = _ranked(page)
    return memo["policy"]


def _ranked(page: LegalPage) -> Mapping[str, Said]:
    assert page.document is not None
    if page.language not in LANGUAGES:
        return {}
    holes = tuple((gap.start, gap.end) for rule in HOLES for gap in passages_of(rule, page))
    return said(page.document, page.language, unwritten(page), holes, VALUES)


def channel_of(page: LegalPage) -> Item:
    """How requests can be made: a clause that says it, or the address for everything."""
    found = [state_of(page, item) for item in ("channel", "contact")]
    return min(found, key=lambda item: ("present", "uncertain", "absent").index(item.state))
