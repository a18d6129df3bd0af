"""The rule ``kr-footer-representative-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 10(1)(1)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_representative_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show who represents the shop (대표자).

    Why: the representative answers for the shop, and buyers who look for redress need the name.

    Fix: show it in the footer of the home page: “대표자: …”.
    """
    yield from korea.duty(site, "representative", "the name of the representative")
