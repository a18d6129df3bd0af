"""The rule ``kr-footer-phone-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 10(1)(3)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_phone_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show a telephone number.

    Why: the law wants a number on the first screen; a chat or a messenger is no substitute.

    Fix: show the number of the customer service in the footer of the home page.
    """
    yield from korea.duty(site, "phone", "a telephone number")
