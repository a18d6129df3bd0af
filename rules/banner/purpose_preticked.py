from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Pages, Switch, Unknown
from auditor.rules.banner.articles import ACTIVE
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests, unread
from auditor.rules.consent.evidence import tool
from auditor.shelves import rule
from auditor.site import Site

# A switch that is on to keep something out, and one that moves all others.
OTHER_WAY = re.compile(
    r"do not|don['’]t|opt[- ]?out|block|object\b|nicht (verkaufen|weitergeben)|widersprechen|sperren|ne pas|m['’]opposer|no vender|bloque|"
    r"non (vendere|condividere)|niet (verkopen|delen)|nie (sprzedawaj|udostępniaj)|não (vender|compartilhar|partilhar)|"
    r"판매 ?(안|금지|거부)|거부|차단|不要|请勿|請勿|拒绝|拒絕|しない|拒否|オプトアウト",
    re.IGNORECASE,
)
# What a page lets everybody set, for no purpose of somebody else's: its looks and its sounds.
LOOKS = re.compile(
    r"(dark|light|night|high contrast|dunkler?|heller?|nacht)[- ]?(mode|modus|theme|design)?|mode (sombre|clair)|modo (oscuro|escuro)|"
    r"(tema|modalità) scur[ao]|donkere modus|tryb ciemny|다크 ?모드|深色模式|ダークモード|(reduced? )?(motion|animations?)|sounds?",
    re.IGNORECASE,
)
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
    if not any(ui.switches for _, ui in seen) and (lack := unread(seen)):
        yield Unknown(reason=lack, evidence=evidence(seen[:3]))


def _ticked(one: Seen) -> list[Switch]:
    switches = [s for s in one[1].switches if s.on and not s.necessary and not s.disabled]
    return [switch for switch in switches if switch.label and not _no_purpose(switch.label.strip())]


def _no_purpose(label: str) -> bool:
    """Whether the switch is on to keep something out, moves all others, or sets the looks of the page.

    A long label is a row with its description, in which "we do not …" says nothing about the switch.
    """
    if ALL.fullmatch(label) or LOOKS.fullmatch(label):
        return True
    return len(label) <= LONGEST and bool(OTHER_WAY.search(label))


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
