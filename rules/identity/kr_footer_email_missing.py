"""The rule ``kr-footer-email-missing``."""

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
def kr_footer_email_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show an e-mail address.

    Why: the law wants one on the first screen beside the telephone number; a form is no substitute.

    Fix: show the address of the customer service in the footer of the home page.
    """
    yield from korea.duty(site, "email", "an e-mail address")
