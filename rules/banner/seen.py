"""The consent requests that visitors saw, and their parts."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Button, ConsentUi, Inapplicable, Visit
from auditor.site import Site

Seen = tuple[Visit, ConsentUi]
NOT_ASKED = Inapplicable(reason="no consent request was shown")


def requests(site: Site, viewport: str | None = None) -> list[Seen]:
    """What visitors saw who had chosen nothing; in any viewport unless one is named."""
    shown = (ui for ui in site.banners("untouched", viewport) if ui.present)
    return [(site.visits[ui.visit], ui) for ui in shown]


def buttons(ui: ConsentUi, role: str, layer: int = 1) -> list[Button]:
    """The controls of a role that have a size, the largest first."""
    found = [one for one in ui.buttons if one.role == role and one.layer == layer and one.width * one.height > 4]
    return sorted(found, key=lambda one: -one.width * one.height)


def offers(ui: ConsentUi, *roles: str) -> bool:
    """Whether a layer that was looked at has a control of one of the roles."""
    return any(button.role in roles for button in ui.buttons)


def screen(seen: Seen) -> str:
    """On which screen, to follow a sentence's verb: "" on a desktop's."""
    return " on a phone" if seen[0].viewport == "phone" else ""


def evidence(seen: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for visit, ui in seen for name in (ui.id, visit.id)))[:12]


def picture(seen: Seen, second: bool = False) -> str:
    visit, ui = seen
    return (second and ui.second_screenshot) or ui.screenshot or visit.screenshot


def words(ui: ConsentUi) -> Iterator[str]:
    """Everything that the request says, on the layers that were looked at."""
    yield ui.text
    yield ui.second_text
    yield from (switch.label for switch in ui.switches)
    yield from (button.text for button in ui.buttons)
