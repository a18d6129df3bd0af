from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Button, Finding, Inapplicable, Pages
from auditor.rules.banner.articles import FREE
from auditor.rules.banner.seen import NOT_ASKED, Seen, buttons, evidence, picture, requests, screen
from auditor.shelves import rule
from auditor.site import Site

READABLE = 4.5  # contrast of text (WCAG 2.2, 1.4.3)
HARD_TO_READ = 3.0
UNREADABLE = 2.0
MANY_TIMES = 3.0  # as large
SMALLER = 0.75  # of the font's size


@rule(severity="warning", needs=("visits:untouched", "consent"), articles=FREE)
def reject_less_prominent(site: Site) -> Iterator[Finding | Inapplicable]:
    """The consent request can be refused on its first layer, but hardly anybody sees how.

    Why: A refusal must be as easy as consent. A pale line of small print beside a large button, or a control that only appears when one
    scrolls, is made to be overlooked. Another colour alone is no fault while both can be read and are of one size.

    Fix: Give both controls the same size, font and place, and colours that can be read equally well.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
    faulty = [(one, signs) for one in seen if (signs := _signs(one))]
    for viewport in ("desktop", "phone"):
        found = [(one, signs) for one, signs in faulty if one[0].viewport == viewport]
        if found and not (viewport == "phone" and any(one[0].viewport == "desktop" for one, _ in faulty)):
            yield _finding(viewport, found)


def _signs(one: Seen) -> list[str]:
    """What makes the refusal less prominent than the consent; [] when that is not enough, or there is none of both."""
    accept, reject = (next(iter(buttons(one[1], role)), None) for role in ("accept", "reject"))
    if accept is None or reject is None or not accept.visible:
        return []
    if not reject.visible:
        return ["it cannot be seen until one scrolls"]
    grave = [*_pale(accept, reject, UNREADABLE)]
    light = [*_pale(accept, reject, HARD_TO_READ), *_small(accept, reject), *_bare(accept, reject)]
    return (grave + [sign for sign in light if sign not in grave]) if grave or len(light) > 1 else []


def _pale(accept: Button, reject: Button, limit: float) -> Iterator[str]:
    if 0 < reject.contrast < limit and (accept.contrast >= READABLE or accept.contrast > 1.5 * reject.contrast):
        yield f"its contrast is {reject.contrast:.1f} : 1 beside {accept.contrast:.1f} : 1"


def _small(accept: Button, reject: Button) -> Iterator[str]:
    if reject.font_size and reject.font_size <= SMALLER * accept.font_size:
        yield f"its letters are {reject.font_size:.0f} px high beside {accept.font_size:.0f} px"
    ratio = accept.width * accept.height / (reject.width * reject.height)
    if ratio >= MANY_TIMES:
        yield f"it is {ratio:.0f} times smaller"


def _bare(accept: Button, reject: Button) -> Iterator[str]:
    """Text without any sign of a button beside a button."""
    plain = not reject.border and reject.background != accept.background
    if plain and reject.height <= SMALLER * accept.height and (accept.border or accept.background != reject.background):
        yield "it is plain text beside a button"


def _finding(viewport: str, found: list[tuple[Seen, list[str]]]) -> Finding:
    one, signs = found[0]
    accept, reject = (buttons(one[1], role)[0] for role in ("accept", "reject"))
    return Finding(
        message=f"“{reject.text}” is much easier to overlook than “{accept.text}”{screen(one)}: {' and '.join(signs)}.",
        subject="refusal" if viewport == "desktop" else "refusal on a phone",
        evidence=evidence([seen for seen, _ in found]),
        pages=Pages.of(seen[0].url for seen, _ in found),
        quote=reject.text,
        confidence="high" if len(signs) > 1 else "medium",
        fix=f"Give “{reject.text}” the size, the font and the contrast of “{accept.text}”, and put it beside it.",
        screenshot=picture(one),
    )
