"""Makes a choice, and believes it only by its effect.

Three ways are tried: the control of the first layer that says it, as a visitor would press it; the rule of autoconsent for the
tool; the second layer behind the settings. A visible control comes first because some rules make the choice by an
interface of the tool, without any control that a visitor has. A way that changed something without being the choice has
spoiled the profile: the next way needs a fresh one.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from auditor.spiders.collectors.wire import WireError
from auditor.spiders.consent.finder import Banner, Control, find
from auditor.spiders.consent.press import press, turn_switches
from auditor.spiders.consent.state import Change, Stored, change, stored, taken_back
from auditor.spiders.consent.tools import Autoconsent
from auditor.spiders.tab import Tab, VisitFailed

WAYS = ("first layer", "autoconsent", "second layer")
EFFECT_LIMIT = 6.0  # seconds that a banner has to go away, and a second layer to appear
AGAIN_AFTER = 2.0  # seconds after which a press that changed nothing is repeated: its handler may have come late
STATE_LIMIT = 2.0  # seconds after which a stored answer is enough, though the banner (a panel) stays open
KEPT_LIMIT = 1.0  # seconds that an answer in the preferences has to be stored, before their "save" is pressed as well
TICK = 0.15


@dataclass(slots=True)
class Choice:
    """What was tried, and what came of it. Times are wall-clock seconds."""

    action: str
    way: str = ""
    how: str = ""
    pressed: list[str] = field(default_factory=list)
    started: float | None = None  # when anything was pressed first
    made: float | None = None  # when the deciding control was pressed
    confirmed: bool = False
    spoiled: bool = False  # something was changed, but not as chosen
    effect: str = ""
    reason: str = ""
    state: Change = field(default_factory=Change)
    second_layer: Banner | None = None
    steps: int = 0  # presses, switches that were moved and pages that were opened
    remembered: bool | None = None  # whether the request stayed away when the page was loaded again
    last: tuple[Banner, Control] | None = None  # the last press, while it may be repeated

    async def press(self, tab: Tab, banner: Banner, control: Control) -> None:
        self.made = time.time()
        self.started = self.started or self.made
        self.pressed.append(control.text)
        self.steps += 1
        self.last = (banner, control)
        await press(tab, banner, control)

    async def press_again(self, tab: Tab, now: Banner) -> None:
        """Repeat the last press, once, when the request looks as it did before."""
        if self.last is None:
            return
        (before, control), self.last = self.last, None
        same = [item for item in now.controls if (item.text, item.role) == (control.text, control.role)]
        if same and _signature(now) == _signature(before):
            self.made = time.time() if self.made else None
            await press(tab, now, same[0], by_script=True)


class NoWay(Exception):
    """This way does not exist here; the message is a sentence."""


async def choose(tab: Tab, banner: Banner, action: str, tool: Autoconsent, skip: set[str]) -> list[Choice]:
    """Try the ways that are not in ``skip`` until one is confirmed or has spoiled the profile; all tries, the last one decides."""
    tries: list[Choice] = []
    for way in WAYS:
        if way in skip:
            continue
        choice = await _try(tab, banner, action, tool, way)
        tries.append(choice)
        if choice.confirmed or choice.spoiled:
            break
        again = await find(tab)
        if again is None or not again.decides:
            break
        banner = again
    return tries


async def _try(tab: Tab, banner: Banner, action: str, tool: Autoconsent, way: str) -> Choice:
    choice = Choice(action=action, way=way, how="finder")
    before = await stored(tab)
    try:
        if way == "first layer":
            await _first_layer(tab, banner, choice)
        elif way == "autoconsent":
            await _by_tool(choice, tool)
        else:
            await _second_layer(tab, banner, choice, before)
    except NoWay as error:
        choice.reason = str(error)
    except WireError as error:
        choice.reason = f"the control could not be pressed ({error})"
    if choice.started is not None:
        await _judge(tab, choice, before)
    return choice


# --- the ways ---------------------------------------------------------------------------------------------------


async def _first_layer(tab: Tab, banner: Banner, choice: Choice) -> None:
    controls = banner.having(choice.action)
    if not controls:
        raise NoWay(f"the first layer has no control to {choice.action}")
    await choice.press(tab, banner, controls[0])


async def _by_tool(choice: Choice, tool: Autoconsent) -> None:
    if not tool.rule:
        raise NoWay("autoconsent knows no rule for this consent request")
    choice.how = f"autoconsent:{tool.rule}"
    began = time.time()
    if not await tool.act(choice.action) and not tool.clicks:
        raise NoWay(f"autoconsent's rule {tool.rule} found nothing to press")
    clicks = [(when, text) for when, text in tool.clicks if when >= began]
    choice.pressed = [text for _, text in clicks]
    choice.steps = len(clicks)
    choice.started = clicks[0][0] if clicks else began
    # Without a click the choice was made somewhere on the way: after the whole of it, nothing is mistaken for "after".
    choice.made = clicks[-1][0] if clicks else time.time()


async def _second_layer(tab: Tab, banner: Banner, choice: Choice, before: Stored) -> None:
    doors = banner.having("settings")
    layer = banner if banner.switches and banner.having("save") else None
    if layer is None:
        if not doors:
            raise NoWay(f"the consent request has no control to {choice.action} and none for settings")
        await choice.press(tab, banner, doors[0])
        choice.made = None
        layer = await appeared(tab, banner, choice)
    choice.second_layer = layer
    await _decide(tab, layer, choice, before)


async def _decide(tab: Tab, layer: Banner, choice: Choice, before: Stored) -> None:
    """On the second layer: the control that says it, else the switches and the control that keeps them."""
    direct = [control for control in layer.having(choice.action) if choice.action == "reject" or control.strong]
    saving = layer.having("save")
    if direct:
        await choice.press(tab, layer, direct[0])
        await keep(tab, choice, before, choice.action == "accept")
        return
    if not saving or not layer.switches:
        raise NoWay(f"the second layer has no control to {choice.action} and none to save switches")
    choice.started = choice.started or time.time()
    choice.steps += await turn_switches(layer, choice.action == "accept")
    await choice.press(tab, layer, saving[0])


async def keep(tab: Tab, choice: Choice, before: Stored, on: bool) -> None:
    """Press what keeps the switches, too, where "reject all" or "accept all" of the preferences did no more than move them."""
    begun = time.monotonic()
    layer = None
    while time.monotonic() < begun + KEPT_LIMIT:
        await asyncio.sleep(TICK)
        try:
            now, layer = await stored(tab), await find(tab, anywhere=True)
        except WireError:
            return  # another page is on its way: it was kept
        if layer is None or change(before, now).names or taken_back(before, now):
            return
    saving = layer.having("save") if layer else []
    optional = [switch.on for switch in layer.switches if not switch.necessary] if layer else []
    if saving and layer and set(optional) == {on}:
        await choice.press(tab, layer, saving[0])


async def appeared(tab: Tab, first: Banner, choice: Choice) -> Banner:
    """The second layer, once it is there: a request with other controls than the first one's."""
    known = _signature(first)
    begun = time.monotonic()
    while time.monotonic() < begun + EFFECT_LIMIT:
        await asyncio.sleep(TICK)
        layer = await find(tab)
        if layer is not None and time.monotonic() > begun + AGAIN_AFTER:
            await choice.press_again(tab, layer)
        if layer is not None and _signature(layer) != known and _decides(layer):
            return layer
    raise NoWay("no second layer appeared when the settings were pressed")


def _decides(layer: Banner) -> bool:
    return bool(layer.having("save") or layer.having("reject") or layer.switches)


def _signature(banner: Banner) -> tuple[str, int, tuple[str, ...]]:
    usable = tuple(control.text for control in banner.controls if control.visible)
    return banner.document.frame, len(banner.switches), usable


# --- the effect -------------------------------------------------------------------------------------------------


async def _judge(tab: Tab, choice: Choice, before: Stored) -> None:
    """Whether the press had the effect of the choice: what a visitor sees now, and what is stored now."""
    gone = await _gone(tab, choice, before)
    choice.state = change(before, await stored(tab))
    if choice.made is None:
        return
    if choice.state.speaks_against(choice.action):
        choice.spoiled = True
        choice.reason = f"what was stored says the opposite of {choice.action} ({', '.join(choice.state.names)})"
    elif gone:
        choice.confirmed = True
        choice.effect = "banner gone" + (", consent state changed" if choice.state.names else "")
    elif choice.state.speaks_for(choice.action):
        choice.confirmed = True
        choice.effect = "consent state changed"
    else:
        choice.spoiled = bool(choice.state.names)
        choice.reason = choice.reason or "the consent request stayed on the screen after it was answered"


async def _gone(tab: Tab, choice: Choice, before: Stored) -> bool:
    """Whether nothing asks for consent any more, and stays so for two looks; waits no longer once the state says it."""
    begun = time.monotonic()
    absent = 0
    while time.monotonic() < begun + EFFECT_LIMIT:
        await asyncio.sleep(TICK)
        try:
            banner = await find(tab)
            absent = absent + 1 if banner is None or not banner.decides else 0
            if absent == 2:
                break
            if banner is not None and time.monotonic() > begun + AGAIN_AFTER:
                await choice.press_again(tab, banner)
            if time.monotonic() > begun + STATE_LIMIT and change(before, await stored(tab)).speaks_for(choice.action):
                break
        except (WireError, VisitFailed):
            continue  # the press loads another page
    await tab.settle()
    return absent >= 2


async def still_there(tab: Tab) -> bool:
    """Whether the request is on the screen of a page that has settled."""
    banner = await find(tab)
    return banner is not None and banner.decides
