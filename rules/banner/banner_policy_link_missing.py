from __future__ import annotations

from collections.abc import Iterator

from auditor import legal
from auditor.model import Button, Finding, Inapplicable, Pages, Unknown
from auditor.rules.banner.articles import INFORMED
from auditor.rules.banner.seen import NOT_ASKED, Seen, evidence, picture, requests, unread
from auditor.rules.consent.evidence import anything_needs_consent, tool
from auditor.shelves import rule
from auditor.site import Site

EXPLAINING = {"privacy", "cookies"}


@rule(severity="warning", needs=("visits:untouched", "consent"), articles=INFORMED)
def banner_policy_link_missing(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The consent request links neither the privacy policy nor the page on cookies, on any of its layers.

    Why: Consent has to be informed: who wants to know who gets the data and for how long must get there from the request, before the
    answer. The link in the footer is often covered by the request itself.

    Fix: Link the privacy policy or the page on cookies in the request's text.
    """
    seen = requests(site)
    if not seen:
        yield NOT_ASKED
    elif not anything_needs_consent(site):
        yield Inapplicable(reason="nothing was seen that needs consent")
    elif not any(_explains(button) for _, ui in seen for button in ui.buttons):
        lack = unread(seen)
        yield Unknown(reason=lack, evidence=evidence(seen[:3])) if lack else _finding(site, seen)


def _explains(button: Button) -> bool:
    """A control that leads to an explanation: by its words, or by the address that it leads to."""
    return button.role == "policy" or bool(EXPLAINING & set(legal.kinds_of(button.text, button.href)))


def _finding(site: Site, seen: list[Seen]) -> Finding:
    return Finding(
        message="The consent request has no link to the privacy policy or to a page on cookies.",
        subject="consent request",
        evidence=evidence(seen),
        pages=Pages.of(visit.url for visit, _ in seen),
        quote=seen[0][1].text[:200],
        fix=f"Link the privacy policy or the page on cookies in the text of {tool(site)}.",
        screenshot=picture(seen[0]),
    )
