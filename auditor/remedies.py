"""How to mend it in the consent tool that was found: what its own documentation offers for that."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

from auditor.cookies import DATA, matcher
from auditor.site import Site

Aim = Literal["hold", "withdraw"]


def remedy(site: Site, aim: Aim) -> tuple[str, str]:
    """(tool, how to do it there); ("", "") when no tool was recognised or nothing is known of it."""
    tool = next((ui.tool for ui in site.banners("untouched", viewport=None) if ui.tool), "")
    for patterns, table in _remedies():
        if tool and any(pattern.fullmatch(tool) for pattern in patterns):
            return tool, table[aim]
    return "", ""


def aim_of(rule: str) -> Aim | None:
    """What has to be done in the tool about a rule's finding, where that is the same for all of the rule's findings."""
    if rule.endswith(("-before-consent", "-after-reject", "-after-withdraw")):
        return "hold"
    return "withdraw" if rule in ("withdraw-missing", "withdraw-harder-than-consent") else None


@cache
def _remedies() -> list[tuple[list, dict[str, str]]]:
    table = tomllib.loads((DATA / "remedies.toml").read_text("utf-8"))
    return [([matcher(pattern) for pattern in entry["tool"]], entry) for entry in table["remedy"]]
