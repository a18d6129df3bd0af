from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable
from auditor.rules.copyright.notices import shown
from auditor.shelves import rule
from auditor.site import Site

UCC = "Universal Copyright Convention Art. III(1)"
BERNE = "Berne Convention Art. 15(1)"


@rule(
    severity="warning",
    articles={
        "eu": (BERNE, UCC),
        "uk": (BERNE, UCC),
        "us-ca": ("17 U.S.C. § 401(b)(3)",),
        "kr": (BERNE, UCC),
        "cn": (BERNE, UCC),
        "jp": (BERNE, UCC),
        "br": (BERNE, UCC),
        "qc": (BERNE, UCC),
    },
)
def copyright_holder_missing(site: Site) -> Iterator[Finding | Inapplicable]:
    """The copyright notice does not say whose copyright it is.

    Why: A notice consists of sign, year and holder; without a name it says nothing. A blank there is mostly a shop setting
    that nobody has filled in, and the same setting is often missing in the legal texts.

    Fix: Name the company in the notice: “© 2026 Fernhill Supply Ltd”. Look for the shop's name in the theme's or shop's settings.
    """
    found = list(shown(site))
    if not found:
        yield Inapplicable(reason="no page shows a copyright notice")
    for item in found:
        if not item.notice.holder:
            yield Finding(
                message=f"The copyright notice “{item.notice.text}” names no holder.",
                subject="footer notice",
                evidence=item.tally.evidence,
                pages=item.tally.pages,
                quote=item.notice.text,
            )
