"""The consent requests that visitors saw, and their parts."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Button, ConsentUi, Inapplicable, Visit
from auditor.site import Site

Seen = tuple[Visit, ConsentUi]
CHOICES = frozenset({"accept", "reject", "save", "settings", "close"})
NOT_ASKED = Inapplicable(reason="no consent request was shown")


def requests(site: Site, viewport: str | None = None) -> list[Seen]:
    """What visitors saw who had chosen nothing; in any viewport unless one is named."""
    shown = (ui for ui in site.banners("untouched", viewport) if ui.present)
    return [(site.visits[ui.visit], ui) for ui in shown]


def buttons(ui: ConsentUi, role: str, layer: int = 1) -> list[Button]:
    """The controls of a role that have a size: those that can be seen first, the largest first."""
    found = [one for one in ui.buttons if one.role == role and one.layer == layer and one.width * one.height > 4]
    return sorted(found, key=lambda one: (not one.visible, -one.width * one.height))


def offers(ui: ConsentUi, *roles: str) -> bool:
    """Whether a layer that was looked at has a control of one of the roles."""
    return any(button.role in roles for button in ui.buttons)


def unread(seen: list[Seen]) -> str:
    """Why nobody knows what stands behind the settings; "" where it was looked at in some visit, or there are none."""
    if any(ui.layers > 1 for _, ui in seen) or not any(offers(ui, "settings") for _, ui in seen):
        return ""
    reason = next((ui.no_second_layer for _, ui in seen if ui.no_second_layer), "")
    return "the preferences behind the settings could not be looked at" + (f": {reason}" if reason else "")


def screen(seen: Seen) -> str:
    """On which screen, to follow a sentence's verb: "" on a desktop's."""
    return " on a phone" if seen[0].viewport == "phone" else ""


def evidence(seen: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for visit, ui in seen for name in (ui.id, visit.id)))[:12]


def picture(seen: Seen, second: bool = False) -> str:
    visit, ui = seen
    return (second and ui.second_screenshot) or ui.screenshot or visit.screenshot


def words(ui: ConsentUi) -> Iterator[str]:
    """What the request says on the layers that were looked at, without the words of its choices ("Preferences")."""
    choices = [button.text for button in ui.buttons if button.role in CHOICES and button.text]
    for text in (ui.text, ui.second_text):
        for choice in sorted(choices, key=len, reverse=True):
            text = text.replace(choice, " ")
        yield text
    yield from (switch.label for switch in ui.switches)
    yield from (button.text for button in ui.buttons if button.role not in CHOICES)
