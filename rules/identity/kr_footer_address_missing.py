"""The rule ``kr-footer-address-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 10(1)(2)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_address_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show the business address.

    Why: returns, complaints and writs go to an address; the law wants it on the first screen, with the place where complaints are dealt with.

    Fix: show the full address in the footer of the home page: “사업장 소재지: …”. A foreign seller shows its address abroad.
    """
    yield from korea.duty(site, "address", "a postal address")
