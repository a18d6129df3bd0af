"""The rule ``kr-footer-name-missing``."""

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
def kr_footer_name_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show the shop's trade name (상호).

    Why: the law wants buyers to see on the first screen with whom they deal; the brand in the logo is often another name.

    Fix: show the registered name in the footer of the home page: “상호: 주식회사 …”.
    """
    yield from korea.duty(site, "name", "the trade name")
