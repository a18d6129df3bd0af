from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Switch, Unknown
from auditor.rules.banner.articles import ACTIVE
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, offers, picture, requests
from auditor.rules.consent.evidence import tool
from auditor.shelves import rule
from auditor.site import Site

# A switch that is on to keep something out, and one that moves all others.
OTHER_WAY = re.compile(r"do not|don['’]t|opt[- ]?out|block|nicht verkaufen|ne pas|no vender", re.IGNORECASE)
ALL = re.compile(
    r"(select |toggle |accept |enable |alle? |tout |tous |seleccionar )?(all|everything|alle|alles|tout|tous|todos?|todas|tutti|전체|모두|全部|すべて)( \w+)?",
    re.IGNORECASE,
)
LONGEST = 60  # characters of a label that name it


@rule(severity="error", needs=("visits:untouched", "consent"), articles=ACTIVE)
def purpose_preticked(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A purpose that needs consent is switched on in advance in the preferences.

    Why: A box that is ticked already is no consent: nobody can know whether the visitor has read it. That holds for switches and for
    everything behind "Settings", too, for whoever saves without a change has agreed to nothing.

    Fix: Let every optional purpose start switched off.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
        return
    found: dict[str, list[tuple[Seen, Switch]]] = {}
    for one in seen:
        for switch in _ticked(one):
            found.setdefault(_name(switch), []).append((one, switch))
    for name, ticked in found.items():
        yield _finding(site, name, ticked)
    looked = any(ui.layers > 1 or ui.switches for _, ui in seen)
    if not looked and any(offers(ui, "settings") for _, ui in seen):
        reasons = [ui.no_second_layer for _, ui in seen if ui.no_second_layer]
        told = f": {reasons[0]}" if reasons else ""
        yield Unknown(
            reason=f"the preferences behind the settings could not be looked at{told}", evidence=evidence(seen[:3])
        )


def _ticked(one: Seen) -> list[Switch]:
    switches = [s for s in one[1].switches if s.on and not s.necessary and not s.disabled]
    return [s for s in switches if s.label and not OTHER_WAY.search(s.label) and not ALL.fullmatch(s.label.strip())]


def _name(switch: Switch) -> str:
    return " ".join(switch.label.split())[:LONGEST]


def _finding(site: Site, name: str, ticked: list[tuple[Seen, Switch]]) -> Finding:
    first, switch = ticked[0]
    where = (
        "on the first layer of the consent request" if switch.layer == 1 else "in the preferences behind its settings"
    )
    return Finding(
        message=f"“{name}” is switched on in advance {where}.",
        subject=name,
        evidence=evidence([one for one, _ in ticked]),
        pages=Pages.of(visit.url for (visit, _), _ in ticked),
        quote=name,
        fix=f"Let “{name}” start switched off in {tool(site)}.",
        screenshot=picture(first, second=switch.layer > 1),
    )
