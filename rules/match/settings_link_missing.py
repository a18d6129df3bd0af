from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Finding, Inapplicable, Unknown
from auditor.passages import finding
from auditor.rules.match.claims import claims
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {
    "eu": ("GDPR Art. 7(3)", "GDPR Art. 12(2)", "GDPR Art. 5(1)(a)"),
    "uk": ("UK GDPR Art. 7(3)", "UK GDPR Art. 12(2)"),
    "br": ("LGPD Art. 8, § 5",),
}


@rule(severity="warning", needs=("legal-pages",), articles=ARTICLES)
def settings_link_missing(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """A text sends visitors to cookie settings that the shop does not have.

    Why: The way back to the choice is promised, and whoever looks for it finds nothing. The auditor looked for it in the browser, after
    agreeing to everything, in links, buttons and floating icons.

    Fix: Put a link to the settings of the consent tool where the text says that it is.
    """
    state = site.scenario_state("withdrawn")
    for claim in claims(site, __name__):
        if not isinstance(claim, tuple):
            yield claim
        elif state.state == "no-way-back":
            page, passage = claim
            message = f"The text points to cookie settings, but there is no way to them: {state.reason}."
            found = finding(page, replace(passage, message=message), page.path)
            yield replace(found, evidence=(*page.evidence, *state.evidence))
        elif state.state in ("failed", "not-run"):
            yield Unknown(reason=f"scenario withdrawn: {state.reason}", evidence=state.evidence or claim[0].evidence)
