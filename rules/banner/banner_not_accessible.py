from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Button, Finding, Inapplicable, Pages
from auditor.rules.banner.articles import ACCESSIBLE
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests
from auditor.rules.consent.evidence import tool
from auditor.shelves import rule
from auditor.site import Site

CHOOSING = ("accept", "reject", "save", "settings")
FAULTS = {
    "keyboard": "cannot be reached with the keyboard",
    "role": "is no button for a screen reader",
    "name": "has no name for a screen reader",
    "contrast": "can hardly be read",
}
# Text needs 4.5 : 1 (WCAG 2.2, 1.4.3), which the designs of several consent tools miss by themselves: told is what hardly anybody reads.
UNREADABLE = 2.0


@rule(severity="warning", needs=("visits:untouched", "consent"), articles=ACCESSIBLE)
def banner_not_accessible(site: Site) -> Iterator[Finding | Inapplicable]:
    """A control of the consent request cannot be used with a keyboard or a screen reader.

    Why: Who cannot reach the refusal has no choice. A box that only listens to the mouse shuts out everybody who uses none.

    Fix: Use real buttons (<button type="button">), with a text and colours that can be read.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
    found: dict[str, list[tuple[Seen, Button]]] = {}
    for one in seen:
        for button in one[1].buttons:
            # Behind the settings headings look like choices ("Necessary cookies"): the first layer tells.
            if button.layer == 1 and button.role in CHOOSING and button.width * button.height > 4:
                for fault in _faults(button):
                    found.setdefault(fault, []).append((one, button))
    for fault, faulty in found.items():
        if not (fault == "role" and "keyboard" in found):
            yield _finding(site, fault, faulty)


def _faults(button: Button) -> Iterator[str]:
    if not button.focusable:
        yield "keyboard"
    if button.aria == "generic":
        yield "role"
    if button.aria and not button.name:
        yield "name"
    # A refusal that is paler than the consent is told by reject-less-prominent.
    if 0 < button.contrast < UNREADABLE and button.role != "reject":
        yield "contrast"


def _finding(site: Site, fault: str, faulty: list[tuple[Seen, Button]]) -> Finding:
    texts = list(dict.fromkeys(button.text or button.tag for _, button in faulty))
    contrast = f" (its contrast is {faulty[0][1].contrast:.1f} : 1)" if fault == "contrast" else ""
    more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    return Finding(
        message=f"“{texts[0]}”{more} of the consent request {FAULTS[fault]}{contrast}.",
        subject=fault,
        evidence=evidence([one for one, _ in faulty]),
        pages=Pages.of(visit.url for (visit, _), _ in faulty),
        quote=texts[0],
        place=faulty[0][1].tag,
        fix=f'Use <button type="button"> for the controls of {tool(site)}, with a text of at least 4.5 : 1 contrast.',
        screenshot=picture(faulty[0][0], second=faulty[0][1].layer > 1),
    )
