"""Looks at the preferences behind the consent request's "settings", without keeping any."""

from __future__ import annotations

from auditor.spiders.consent.driver import Choice, NoWay, appeared
from auditor.spiders.consent.finder import Banner
from auditor.spiders.tab import Tab


async def open_second(tab: Tab, banner: Banner) -> tuple[Banner | None, str]:
    """The second layer, opened; (None, why not) when there is none. Raises WireError."""
    if banner.switches and (banner.having("save") or not banner.having("settings")):
        return banner, ""
    doors = banner.having("settings")
    if not doors:
        return None, "the consent request has no control for settings"
    choice = Choice(action="look", how="finder")
    try:
        await choice.press(tab, banner, doors[0])
        return await appeared(tab, banner, choice), ""
    except NoWay as error:
        return None, str(error)
